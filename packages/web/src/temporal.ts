/** `Temporal`, as the library makes it. Without `Intl`, it knows UTC and offsets, and no other time zone. */
import "./no-intl.ts";
import "temporal-polyfill/global";
