import { createHash, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { z } from "zod";
import { GatewayError } from "../gateway-error.ts";
import type { BillLine } from "./port.ts";
import { asked, read } from "./wechat-answers.ts";
import { readBill } from "./wechat-bill.ts";
import { ORIGIN, type Signer } from "./wechat-sign.ts";

const NAME = "payments";
const MAX_BILL_BYTES = 256 * 1024 * 1024;
const unzip = promisify(gunzip);
const billPlace = z.object({
  hash_type: z.literal("SHA1"),
  hash_value: z.string().regex(/^[0-9a-f]{40}$/i),
  download_url: z.url(),
});

export interface BillMeans {
  readonly pay: Signer;
  readonly baseUrl: string;
  readonly mchId: string;
  readonly appId: string;
}

/** The bill of a day: where it lies and its hash are in a signed answer, the file itself carries no signature. */
export async function fetchBill(day: string, { pay, baseUrl, mchId, appId }: BillMeans): Promise<BillLine[]> {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new TypeError("a bill is of a day");
  const answer = await asked(
    () => pay.tradebill({ bill_date: day, bill_type: "ALL", tar_type: "GZIP" }),
    ["NO_STATEMENT_EXIST"],
  );
  if (answer === undefined) return [];
  const place = read(billPlace, answer);
  const zipped = await asked(() => pay.downloadBill(ORIGIN + pathOf(place.download_url, baseUrl)));
  if (!Buffer.isBuffer(zipped)) throw new GatewayError(NAME, "sent no bill");
  const text = await unzip(zipped, { maxOutputLength: MAX_BILL_BYTES }).catch((cause: unknown) => {
    throw new GatewayError(NAME, "sent a bill that is not zipped", { cause });
  });
  const hash = createHash("sha1").update(text).digest();
  if (!timingSafeEqual(hash, Buffer.from(place.hash_value, "hex")))
    throw new GatewayError(NAME, "sent a bill of another hash");
  try {
    return readBill(text.toString("utf8"), { mchId, appId });
  } catch (cause) {
    throw new GatewayError(NAME, "sent a bill that cannot be read", { cause });
  }
}

/** The file lies at WeChat, or nobody fetches it: our signature goes nowhere else. */
function pathOf(address: string, baseUrl: string): string {
  for (const base of [baseUrl.replace(/\/$/, ""), ORIGIN]) {
    const path = address.slice(base.length);
    if (address.startsWith(base) && path.startsWith("/v3/billdownload/")) return path;
  }
  throw new GatewayError(NAME, "keeps the bill at a stranger's");
}
