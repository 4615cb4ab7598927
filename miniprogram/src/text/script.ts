/** In which writing most letters of a text stand: what the court wrote is drawn as its own writing wants it. */
export type Script = "mong" | "arab" | "tibt" | "other";

export function scriptOf(text: string): Script {
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0;
  const found: [Script, number][] = [
    ["mong", count(/[\u1820-\u18aa]/g)],
    ["arab", count(/[\u0621-\u06d5\ufb50-\ufeff]/g)],
    ["tibt", count(/[\u0f40-\u0fbc]/g)],
    ["other", count(/[\u4e00-\u9fffA-Za-z]/g)],
  ];
  return found.reduce((most, each) => (each[1] > most[1] ? each : most), ["other", 0] as [Script, number])[0];
}
