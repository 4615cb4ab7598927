import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { moveHearing } from "./adjourn.ts";
import { respond } from "./negotiate.ts";
import { movingHearing, responding } from "./negotiate-schema.ts";
import { presentHearing } from "./present.ts";
import { hearingDetail, idParams } from "./schema.ts";
import { findHearing } from "./store.ts";

const tag = "hearing";

export function answeringRoutes(means: Means): readonly AnyRoute[] {
  const present = async (work: Work, id: string) => {
    const inside = { ...means, database: within(work, means.database) };
    return ok(await presentHearing(inside, work.actor, await findHearing(inside.database, work.actor, id)));
  };
  return [
    route({
      method: "POST",
      path: "/hearings/:id/responses",
      tag,
      summary: "当事人、代理人：划去不能到庭的备选时间、选择是否在线参加、说明不能到庭的时间",
      description:
        "各方都已答复，或者期限届满，系统即在没有人划去的备选时间中确定最早的一个；没有的，再提供一次备选时间。与已确定的开庭时间重叠的“不能到庭”即申请改期。",
      key: "required",
      params: idParams,
      body: responding,
      answers: { 200: hearingDetail },
      async command(work, { params, body }) {
        await respond(work, means, params.id, body);
        return present(work, params.id);
      },
    }),
    route({
      method: "POST",
      path: "/hearings/:id/moves",
      tag,
      summary: "法院：确定时间、发出传票、记录已开庭、延期、改期、取消、登记不得在线的情形",
      key: "required",
      params: idParams,
      body: movingHearing,
      answers: { 200: hearingDetail },
      async command(work, { params, body }) {
        await moveHearing(work, means, params.id, body);
        return present(work, params.id);
      },
    }),
  ];
}
