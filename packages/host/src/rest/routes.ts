import type { Context } from "hono";

type Handler = (context: Context) => Response | Promise<Response>;

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** Handlers by path, then by method. */
export type Routes = Readonly<Record<string, Readonly<Partial<Record<Method, Handler>>>>>;
