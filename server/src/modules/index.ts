import { court } from "#modules/court/index.ts";
import type { Module } from "#modules/module.ts";

/** Every module, downhill first: each may ask only those above it. */
export const modules: readonly Module[] = [court];
