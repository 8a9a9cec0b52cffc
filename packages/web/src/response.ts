import { mendResponse } from "./fetch/response.ts";

mendResponse();
