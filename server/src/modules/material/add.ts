import { randomBytes } from "node:crypto";
import { isDuplicate } from "#core/database.ts";
import { RunAgain, type Work } from "#core/work.ts";
import { newFileKey } from "#gateways/files/port.ts";
import type { Means } from "#modules/module.ts";
import { factsOf } from "./events.ts";
import { announcedType, familyOfContentType, MAX_FILE_BYTES } from "./kinds.ts";
import { Material } from "./model.ts";
import { findOwner, mustBeEditable } from "./owner.ts";
import { problem } from "./problems.ts";
import type { MaterialOrder } from "./schema.ts";
import { takePlace } from "./shelf.ts";
import { findByHash, type MaterialRow, sealLabels } from "./store.ts";
import { UPLOAD_SECONDS } from "./upload.ts";
import { materialWorkflow } from "./workflow.ts";

/** Refuses early what would be refused after the upload anyway. Throws `material.too_large`, `material.type`. */
export function checkOrder({ bytes, contentType }: MaterialOrder): string {
  if (bytes > MAX_FILE_BYTES) throw problem("material.too_large");
  const announced = announcedType(contentType);
  if (announced) return announced;
  const detail = /hei[cf]/i.test(contentType)
    ? "这是苹果手机的 HEIC 照片，请在“设置－相机－格式”中选“兼容性最佳”后重拍，或用微信发送后保存为 JPG 再上传。"
    : undefined;
  throw problem("material.type", {
    ...(detail ? { detail } : {}),
    errors: [{ pointer: "/contentType", code: "material.type", message: "暂不支持这种文件" }],
  });
}

/**
 * Enters a file that is about to be uploaded. The same bytes in the same owner's hands are the same material: it is
 * given again. Throws the owner's 404, `material.not_editable`, `material.too_many`, `material.no_room`.
 */
export async function addMaterial(
  means: Pick<Means, "database" | "vault">,
  work: Work,
  { ownerKind, ownerId }: { ownerKind: string; ownerId: string },
  order: MaterialOrder,
): Promise<{ material: MaterialRow; isNew: boolean }> {
  const contentType = checkOrder(order);
  const owner = await findOwner(ownerKind, ownerId, work.actor, work);
  mustBeEditable(owner);
  if (owner.mediaBytes && order.bytes > owner.mediaBytes && familyOfContentType(contentType) === "media")
    throw problem("material.too_large", {
      detail: `录音、视频不能超过 ${Math.floor(owner.mediaBytes / 1024 ** 2)} MB。请分段录制，或者用文字说明。`,
    });
  if (owner.helping && order.kind === "signature") throw problem("material.not_editable");
  const reading = { ...means, work };
  const known = await findByHash(reading, ownerKind, ownerId, order.sha256);
  if (known) return { material: known, isNew: false };

  const position = await takePlace(work, { ownerKind, ownerId }, order.bytes);
  const sealRef = randomBytes(16).toString("hex");
  try {
    const created = await Material.create(
      {
        sealRef,
        ownerKind,
        ownerId,
        accountId: work.actor.accountId,
        courtCode: owner.courtCode,
        kind: order.kind,
        label: sealLabels(means.vault, { sealRef }, order),
        originality: order.originality,
        state: materialWorkflow.start,
        contentType,
        bytes: order.bytes,
        sha256: order.sha256,
        uploadKey: newFileKey("upload"),
        uploadUntil: new Date(work.at.getTime() + UPLOAD_SECONDS * 1000),
        quarantineKey: newFileKey("quarantine"),
        sealedKey: newFileKey("sealed"),
        position,
        round: owner.round,
        createdAt: work.at,
        updatedAt: work.at,
      },
      { transaction: work.tx },
    );
    await work.emit({ name: "material.added", ...factsOf(created) });
    await owner.helping?.noted(work, means.vault, { id: String(created.id), before: null, after: order.name });
  } catch (error) {
    if (isDuplicate(error)) throw new RunAgain();
    throw error;
  }
  const material = await findByHash(reading, ownerKind, ownerId, order.sha256);
  if (!material) throw new Error("a material that was just added is not there");
  return { material, isNew: true };
}
