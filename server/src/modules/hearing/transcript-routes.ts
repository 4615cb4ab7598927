import { PUBLIC_ROLES } from "#core/actor.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import { PDF } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { problem } from "./room-problems.ts";
import { findRoom } from "./room-store.ts";
import { mayReadTranscript } from "./room-view.ts";
import { idParams } from "./schema.ts";
import { printTranscript } from "./transcript-print.ts";
import { pageBody, type TranscriptMove, transcriptMove, transcriptPage } from "./transcript-schema.ts";
import { closeTranscript, noteRefusal, redrawn, signPage } from "./transcript-sign.ts";
import { findTranscript, listPages } from "./transcript-store.ts";
import { presentTranscript } from "./transcript-view.ts";
import { askCorrection, offerTranscript, settleCorrection, writePage } from "./transcript-write.ts";
import { SCHEDULERS } from "./workflow.ts";

const tag = "hearing";
const READERS = [...PUBLIC_ROLES, ...SCHEDULERS, "officer"] as const;

export const transcriptPolicy: Policy = {
  "GET /hearings/:id/transcript": READERS,
  "PUT /hearings/:id/transcript": ["judge", "court_clerk"],
  "POST /hearings/:id/transcript/moves": [...PUBLIC_ROLES, "judge", "court_clerk", "officer"],
  "GET /hearings/:id/transcript.pdf": [...PUBLIC_ROLES, ...SCHEDULERS],
};

export function transcriptRoutes(means: Means): readonly AnyRoute[] {
  const { database } = means;
  const presented = async (work: Work, id: string) => {
    const inside = { ...means, database: within(work, database) };
    return ok(await presentTranscript(inside, await findRoom(inside.database, work.actor, id)));
  };
  return [
    route({
      method: "GET",
      path: "/hearings/:id/transcript",
      tag,
      summary: "庭审笔录：逐页的内容、补正请求和签名",
      params: idParams,
      answers: { 200: transcriptPage },
      async handle({ actor, params }) {
        return ok(await presentTranscript(means, await findRoom(database, actor, params.id)));
      },
    }),
    route({
      method: "PUT",
      path: "/hearings/:id/transcript",
      tag,
      summary: "书记员记录一页；已签名的页改动后须重新签名",
      params: idParams,
      body: pageBody,
      answers: { 200: transcriptPage },
      async command(work, { actor, params, body }) {
        const room = await findRoom(within(work, database), actor, params.id);
        await writePage(work, means, room, body);
        return presented(work, params.id);
      },
    }),
    route({
      method: "POST",
      path: "/hearings/:id/transcript/moves",
      tag,
      summary: "交阅、申请补正、处理补正、逐页签名、记明拒绝签名、完成笔录",
      key: "required",
      params: idParams,
      body: transcriptMove,
      answers: { 200: transcriptPage },
      before: async ({ body }) => (body.action === "sign" && body.signature ? await redrawn(body.signature) : null),
      async command(work, { actor, params, body }, picture) {
        await move(work, means, { room: await findRoom(within(work, database), actor, params.id), body, picture });
        return presented(work, params.id);
      },
    }),
    route({
      method: "GET",
      path: "/hearings/:id/transcript.pdf",
      tag,
      summary: "庭审笔录（PDF），完成以前为草稿",
      params: idParams,
      answers: { 200: "application/pdf" },
      async handle({ actor, params }) {
        const room = await findRoom(database, actor, params.id);
        if (!mayReadTranscript(room)) throw problem("hearing.not_found");
        return { status: 200, bytes: await printTranscript(means, params.id), headers: { "content-type": PDF } };
      },
    }),
  ];
}

async function move(
  work: Work,
  means: Means,
  { room, body, picture }: { room: Awaited<ReturnType<typeof findRoom>>; body: TranscriptMove; picture: string | null },
): Promise<void> {
  if (!mayReadTranscript(room)) throw problem("hearing.not_found");
  const inside = within(work, means.database);
  if ((await findTranscript(inside, room.hearing.id)) === null) throw problem("transcript.none");
  const pages = await listPages(inside, room.hearing.id);
  switch (body.action) {
    case "offer":
      return offerTranscript(work, room, pages);
    case "correct":
      return askCorrection(work, means, room, pages, body);
    case "settle":
      return settleCorrection(work, means, room, body);
    case "sign":
      return signPage(work, means, room, pages, { ...body, picture });
    case "refuse":
      return noteRefusal(work, means, room, pages, body);
    case "close":
      return closeTranscript(work, means, room);
  }
}
