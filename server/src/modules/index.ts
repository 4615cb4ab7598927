import { account } from "#modules/account/index.ts";
import { audit } from "#modules/audit/index.ts";
import { court } from "#modules/court/index.ts";
import { material } from "#modules/material/index.ts";
import type { Module } from "#modules/module.ts";

/** Every module, downhill first: each may ask only those above it. */
export const modules: readonly Module[] = [account, court, material, audit];
