import type { Through } from "@/api/types";
import { showDay } from "@/values/dates";

/** 代管, 助理: for whom a case that is not one's own is handled, in a few characters. */
export const sayThrough = ({ kind, lawyer }: Through): string =>
  kind.code === "stand_in" ? `代管：${lawyer}` : `助理：${lawyer}`;

/** The same in a sentence, with its end. */
export const explainThrough = ({ kind, lawyer, until }: Through): string =>
  kind.code === "stand_in"
    ? `您在为${lawyer}律师代管本案${until ? `，到${showDay(until)}自动结束` : ""}。提交、签名、交费、签收文书仍由${lawyer}律师办理。`
    : `您以${lawyer}律师助理的身份查看本案。`;
