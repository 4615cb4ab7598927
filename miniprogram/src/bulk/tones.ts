/** The colour of a state of a job or of a row. */
const TONES: Readonly<Record<string, string>> = {
  refused: "red",
  errors: "red",
  warnings: "amber",
  held: "amber",
  cancelled: "grey",
  duplicate: "grey",
  withdrawn: "grey",
  ok: "green",
  created: "green",
  submitted: "green",
};
export const toneOf = (state: string): string => TONES[state] ?? "";
