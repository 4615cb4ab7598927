/** A party as the window writes it down: who it is; the rest is read from the papers. */
export interface PaperParty {
  key: string;
  side: "plaintiff" | "defendant" | "third_party";
  kind: "natural" | "organisation";
  name: string;
  phone: string;
}
export interface PaperForm {
  receivedOn: string;
  sheets: number | null;
  cause: { code: string; name: string } | null;
  parties: PaperParty[];
  claims: string;
  amountFen: number | null;
}

let made = 0;
export function newParty(side: PaperParty["side"]): PaperParty {
  made += 1;
  return { key: `w${made}`, side, kind: "natural", name: "", phone: "" };
}
export const emptyForm = (today: string): PaperForm => ({
  receivedOn: today,
  sheets: null,
  cause: null,
  parties: [newParty("plaintiff"), newParty("defendant")],
  claims: "",
  amountFen: null,
});

export function missingInPaper(form: PaperForm, today: string): string {
  if (!form.receivedOn) return "请填写收到日期。";
  if (form.receivedOn > today) return "收到日期不能晚于今天。";
  const named = (side: PaperParty["side"]) => form.parties.some((party) => party.side === side && party.name.trim());
  if (!named("plaintiff")) return "请填写至少一名原告的姓名或名称。";
  return named("defendant") ? "" : "请填写至少一名被告的姓名或名称。";
}

/** What the server takes; what was left empty is left out, it stands in the scans. */
export function paperBody(form: PaperForm): Record<string, unknown> {
  const claims = form.claims
    .split("\n")
    .map((text) => text.trim())
    .filter(Boolean);
  return {
    receivedOn: form.receivedOn,
    ...(form.sheets === null ? {} : { sheets: form.sheets }),
    content: {
      causeCode: form.cause?.code ?? null,
      parties: form.parties
        .filter((party) => party.name.trim())
        .map((party) => ({ ...party, name: party.name.trim(), phone: party.phone.replace(/[\s-]/g, "") })),
      claims: claims.map((text, index) => ({ key: `c${index + 1}`, text })),
      amountFen: form.amountFen,
    },
  };
}
