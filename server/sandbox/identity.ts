import { setTimeout as sleep } from "node:timers/promises";
import { asRecord, type Peer, readBody, reply } from "./peer.ts";
import { messageVerifier } from "./verify-message.ts";

const SLOW_MS = 15_000;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_TYPES = new Set([
  "resident_id",
  "hmt_residence_permit",
  "cn_passport",
  "hk_macau_permit",
  "tw_permit",
  "foreigner_pr_2023",
  "foreigner_pr_2017",
  "foreign_document",
]);

/**
 * A register of people that holds nobody: its answers follow from what is asked, so that a demonstration can play every
 * case. A name with 不符 does not match; with 查无 the register has no record; with 超时 it takes 15 s; a resident
 * number with a wrong check digit does not match; 外国证件 (`foreign_document`) are not in it; all others match.
 */
export function identityPeer(key: { keyId: string; secret: string }, now: () => number = Date.now) {
  const verify = messageVerifier(new Map([[key.keyId, key.secret]]), now);
  const peer: Peer = {
    async handle({ request, response, path, url }) {
      const body = await readBody(request);
      const wrong = verify(request, url, body);
      if (wrong) return reply(response, 401, { code: wrong });
      if (path !== "/checks" || request.method !== "POST") return reply(response, 404, { code: "path.unknown" });
      const { name, idType, idNumber } = asRecord(body.toString("utf8"));
      if (
        typeof name !== "string" ||
        typeof idType !== "string" ||
        typeof idNumber !== "string" ||
        !ID_TYPES.has(idType)
      ) {
        return reply(response, 422, { code: "question.invalid" });
      }
      if (name.includes("超时")) await sleep(SLOW_MS);
      reply(response, 200, { result: judge(name, idType, idNumber) });
    },
  };
  return { peer };
}

function judge(name: string, idType: string, idNumber: string): "match" | "mismatch" | "unknown" {
  if (name.includes("查无") || idType === "foreign_document") return "unknown";
  if (name.includes("不符")) return "mismatch";
  if (idType === "resident_id" || idType === "hmt_residence_permit")
    return isResidentNumber(idNumber) ? "match" : "mismatch";
  return /^[A-Z0-9]{5,20}$/.test(idNumber) ? "match" : "mismatch";
}

/** GB 11643: seventeen digits and the check digit (ISO 7064, MOD 11-2). */
function isResidentNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at]), 0);
  return "10X98765432"[sum % 11] === text[17];
}
