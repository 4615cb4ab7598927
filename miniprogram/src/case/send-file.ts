import { getMaterial, type MaterialOwner } from "@/api/materials";
import type { Material, MaterialKind } from "@/api/types";
import { carryOn } from "@/draft/upload";
import { uploadMeans } from "@/draft/upload-means";
import type { KeptFile } from "@/platform";
import { newIdempotencyKey, newKey } from "@/values/keys";

const LOOKS = 40;
const PAUSE_MS = 1500;

/** Sends a file to a submission and waits until the court has looked through it. Throws with words for the person. */
export async function sendFile(
  submissionId: string,
  file: KeptFile,
  kind: MaterialKind,
  purpose = "",
  owner: MaterialOwner = "submissions",
): Promise<Material> {
  const upload = {
    id: newKey("u"),
    draftId: `${owner}-${submissionId}`,
    file,
    kind,
    purpose,
    key: newIdempotencyKey(),
    sha256: null,
    materialId: null,
    state: "queued" as const,
    sent: 0,
    problem: "",
  };
  let material = await carryOn(
    upload,
    uploadMeans(owner, () => Promise.resolve(submissionId)),
    () => {},
  );
  for (let looks = 0; material !== null && looks < LOOKS; looks += 1) {
    if (material.state.code === "ready") return material;
    if (material.state.code === "refused")
      throw new Error(`${material.name}：${material.refusedReason ?? "法院没有收下这份文件，请换一份"}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    material = await getMaterial(material.id);
  }
  throw new Error("文件还在检查，请稍后再试");
}
