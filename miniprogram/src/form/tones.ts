/** The colour of a state: amber waits for the person, green is good, red ended badly, grey is at rest, blue is under way. */
export function stateTone(code: string): string {
  const tones: Record<string, string> = {
    draft: "grey",
    correction_required: "amber",
    accepted: "green",
    refused: "red",
    withdrawn: "grey",
    lapsed: "grey",
    transferred: "grey",
  };
  return tones[code] ?? "";
}
