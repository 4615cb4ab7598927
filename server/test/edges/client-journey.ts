import createClient from "openapi-fetch";
import type { paths } from "./api/schema.d.ts";

/** From sign-in to the check before submission, through a client whose every name and type is printed from the document. */
export async function clientJourney(baseUrl: string, name: string) {
  const client = createClient<paths>({ baseUrl });
  const signedIn = await client.POST("/api/v1/sessions/wechat", { body: { code: `sandbox:${name}` } });
  if (!signedIn.data) throw new Error(signedIn.error.title);
  const { accessToken, account } = signedIn.data;
  const headers = { authorization: `Bearer ${accessToken}` };

  const opened = await client.POST("/api/v1/filings", {
    body: { courtCode: "鲁0102", causeCode: "CIV2025:108(3)" },
    headers,
  });
  if (!opened.data) throw new Error(opened.error.title);
  const { id, version, moves } = opened.data;
  const path = { id };
  const edits = [{ path: "/facts", value: "2025年3月5日，被告向原告借款50000元，至今未还。", baseVersion: version }];
  const edited = await client.POST("/api/v1/filings/{id}/edits", { params: { path }, body: { edits }, headers });
  if (!edited.data) throw new Error(edited.error.title);
  const checked = await client.POST("/api/v1/filings/{id}/precheck", { params: { path }, headers });
  if (!checked.data) throw new Error(checked.error.title);
  const refused = await client.GET("/api/v1/filings/{id}", { params: { path: { id: "9999999999" } }, headers });

  return {
    role: account.role,
    actions: moves.map(({ action }) => action),
    facts: edited.data.content.facts,
    blocks: checked.data.findings.filter(({ severity }) => severity === "block").length,
    refused: refused.error?.code,
  };
}
