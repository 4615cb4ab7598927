import { askReading, getReading, type MaterialReading } from "@/api/readings";

const EVERY_MS = 1500;
const MOST_MS = 90_000;

/** Asks for the words on a photograph and waits for them; `goesOn` is false when nobody waits any more. */
export async function readPicture(materialId: string, goesOn: () => boolean): Promise<MaterialReading | null> {
  let reading = await askReading(materialId);
  for (let waited = 0; waited < MOST_MS && goesOn(); waited += EVERY_MS) {
    if (reading.state.code === "done" || reading.state.code === "failed") return reading;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    reading = await getReading(materialId).catch(() => reading);
  }
  return goesOn() ? { ...reading, advice: "识别用的时间较长，请先手动填写" } : null;
}
