import { account } from "#modules/account/index.ts";
import { audit } from "#modules/audit/index.ts";
import { courtCase } from "#modules/case/index.ts";
import { court } from "#modules/court/index.ts";
import { filing } from "#modules/filing/index.ts";
import { intake } from "#modules/intake/index.ts";
import { material } from "#modules/material/index.ts";
import type { Module } from "#modules/module.ts";
import { notice } from "#modules/notice/index.ts";

/** Every module, downhill first: each may ask only those above it. */
export const modules: readonly Module[] = [court, account, material, filing, intake, courtCase, notice, audit];
