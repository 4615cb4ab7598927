import { z } from "zod";
import { MOST_LETTERS, Unsayable, type Voice } from "#gateways/voice/port.ts";
import { type AnyRoute, route } from "#http/route.ts";
import { problem } from "./problems.ts";

const speechText = z.strictObject({
  text: z
    .string()
    .trim()
    .min(1, "请写明要朗读的文字")
    .max(MOST_LETTERS, `一次最多朗读 ${MOST_LETTERS} 个字，请分段`)
    .meta({ example: "法院已经收到您的材料。" }),
});

/** A POST, though nothing changes: what is read aloud holds people's names, and addresses of pages are written down on the way. */
export function speechRoute(voice?: Voice): AnyRoute {
  return route({
    method: "POST",
    path: "/speech",
    tag: "reference",
    summary: "朗读一段文字",
    description:
      "普通话，MP3 单声道。文字只在法院的机器上合成，不记录、不外传。未开通时答复 409 speech.off；人多时答复 503 并带 Retry-After。",
    body: speechText,
    answers: { 200: "audio/mpeg" },
    limit: "costly",
    async handle({ body: { text } }) {
      if (!voice?.on) throw problem("speech.off");
      const bytes = await voice.say(text).catch((error: unknown) => {
        throw error instanceof Unsayable ? problem("speech.nothing") : error;
      });
      return { status: 200, bytes, headers: { "content-type": "audio/mpeg" } };
    },
  });
}
