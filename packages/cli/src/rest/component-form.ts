import type { ComponentUpload } from "@golem-kit/host";
import { zipSync } from "fflate";

/**
 * The multipart form that Golem takes for a component.
 *
 * @param name only for a new component
 */
export function componentForm(upload: ComponentUpload, name?: string): FormData {
  const form = new FormData();
  if (name !== undefined) form.set("name", name);
  if (upload.componentType !== undefined) form.set("componentType", upload.componentType);
  form.set("component", new Blob([upload.wasm.slice()], { type: "application/wasm" }), "component.wasm");
  // Without these parts an update keeps the files of the version before: no files are an empty archive.
  if (upload.files !== undefined && (upload.files.length > 0 || name === undefined)) {
    const values = upload.files.map(({ path, permissions }) => ({ path, permissions }));
    form.set("filesPermissions", jsonPart({ values }));
    // Paths in the archive have no leading slash.
    const archive = zipSync(
      Object.fromEntries(upload.files.map(({ path, content }) => [path.replace(/^\/+/, ""), content])),
    );
    form.set("files", new Blob([archive.slice()], { type: "application/zip" }), "files.zip");
  }
  if (upload.dynamicLinking !== undefined) {
    form.set("dynamicLinking", jsonPart({ dynamicLinking: upload.dynamicLinking }));
  }
  if (upload.env !== undefined) form.set("env", jsonPart({ keyValues: upload.env }));
  return form;
}

function jsonPart(content: object): Blob {
  return new Blob([JSON.stringify(content)], { type: "application/json" });
}
