import type { Module } from "#modules/module.ts";

/** 文书制作: documents in the courts' layout, as PDF and DOCX. */
export const document: Module = { name: "document" };
