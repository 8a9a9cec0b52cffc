import type { Context } from "hono";

export type Handler = (context: Context) => Response | Promise<Response>;

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** Handlers by path, then by method. */
export type Routes = Readonly<Record<string, Readonly<Partial<Record<Method, Handler>>>>>;
