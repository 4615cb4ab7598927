import type { RequestListener } from "node:http";
import Router from "@koa/router";
import jwt from "jsonwebtoken";
import Koa from "koa";
import { DataTypes, type Model, type ModelStatic, Sequelize } from "sequelize";
import type { Vault } from "#core/sealed.ts";
import { readConfig, vaultOf } from "../src/config.ts";

/**
 * The same three reads in the way most would write them: models with associations, `include`, everything hydrated, the
 * session looked up for each request, what may be seen decided afterwards. It answers with the same facts.
 */
export function usual(): RequestListener {
  const { DATABASE_URL = "", FLOOR_SECRET = "" } = process.env;
  const vault = vaultOf(readConfig(process.env));
  const models = defineModels(DATABASE_URL);
  const { CourtCase, Party, Participant, Filing, Material, Account } = models;
  const include = [
    { model: Party, as: "parties" },
    { model: Participant, as: "participants", where: { state: "active" }, required: false },
  ];
  const router = new Router();
  router.use(async (ctx, next) => {
    const { sub } = jwt.verify(ctx.get("authorization").slice(7), FLOOR_SECRET, { algorithms: ["HS256"] });
    const account = await Account.findByPk(sub as string);
    if (account?.get("state") !== "active") return ctx.throw(401);
    ctx["state"].accountId = String(account.get("id"));
    return next();
  });
  router.get("/cases/:id", async (ctx) => {
    const found = await CourtCase.findByPk(ctx["params"].id, { include });
    const view = found && caseView(vault, found);
    if (!view?.participants.some(({ account_id }) => String(account_id) === ctx["state"].accountId)) ctx.throw(404);
    ctx.body = view;
  });
  router.get("/cases", async (ctx) => {
    const mine = await Participant.findAll({
      where: { account_id: ctx["state"].accountId, state: "active" },
      order: [["case_id", "DESC"]],
      limit: 20,
    });
    const found = await CourtCase.findAll({
      where: { id: mine.map((one) => one.get("case_id") as string) },
      include,
      order: [["id", "DESC"]],
    });
    ctx.body = { items: found.map((one) => caseView(vault, one)) };
  });
  router.get("/filings/:id", async (ctx) => {
    const found = await Filing.findByPk(ctx["params"].id, { include: [{ model: Material, as: "materials" }] });
    if (String(found?.get("account_id")) !== ctx["state"].accountId) ctx.throw(404);
    const { content, summary: _, ...filing } = (found as Model).toJSON() as Record<string, unknown>;
    ctx.body = {
      ...filing,
      content: JSON.parse(vault.open(content as Buffer, `filing ${filing["seal_ref"]} content`)),
    };
  });
  return new Koa().use(router.routes()).callback();
}

interface CaseJson extends Record<string, unknown> {
  readonly seal_ref: string;
  readonly title: Buffer;
  readonly parties: { name: Buffer }[];
  readonly participants: { account_id: string; name: Buffer | null }[];
}

function caseView(vault: Vault, found: Model) {
  const { title, parties, participants, ...rest } = found.toJSON() as CaseJson;
  const open = (sealed: Buffer) => vault.open(sealed, `case ${rest.seal_ref}`);
  return {
    ...rest,
    title: open(title),
    parties: parties.map((party) => ({ ...party, name: open(party.name) })),
    participants: participants.map(({ name: _, ...one }) => one),
  };
}

function defineModels(url: string) {
  const sequelize = new Sequelize(url, {
    logging: false,
    timezone: "+00:00",
    define: { timestamps: false, freezeTableName: true },
    dialectOptions: { supportBigNumbers: true, bigNumberStrings: true },
  });
  const { BIGINT, STRING, BLOB, DATE, DATEONLY, INTEGER } = DataTypes;
  const id = { type: BIGINT, primaryKey: true };
  const of = (table: string, columns: object): ModelStatic<Model> => sequelize.define(table, columns as never);
  const Account = of("account", { id, role: STRING, court_code: STRING, state: STRING });
  const CourtCase = of("court_case", {
    id,
    seal_ref: STRING,
    filing_id: BIGINT,
    account_id: BIGINT,
    court_code: STRING,
    number: STRING,
    case_type_code: STRING,
    cause_code: STRING,
    amount_fen: BIGINT,
    state: STRING,
    title: BLOB,
    filed_on: DATEONLY,
    accepted_on: DATEONLY,
    judge_id: BIGINT,
    trial_procedure: STRING,
    exchange: STRING,
    closed_on: DATEONLY,
    outcome: STRING,
  });
  const key = { type: STRING, primaryKey: true };
  const Party = of("case_party", {
    case_id: { type: BIGINT, primaryKey: true },
    party_key: key,
    side: STRING,
    name: BLOB,
  });
  const Participant = of("case_participant", {
    id,
    case_id: BIGINT,
    account_id: BIGINT,
    party_key: STRING,
    capacity: STRING,
    agent_kind: STRING,
    powers: STRING,
    name: BLOB,
    state: STRING,
    since: DATE,
  });
  const Filing = of("filing", {
    id,
    seal_ref: STRING,
    account_id: BIGINT,
    court_code: STRING,
    state: STRING,
    version: INTEGER,
    round: INTEGER,
    cause_code: STRING,
    form_id: STRING,
    amount_fen: BIGINT,
    content: BLOB("medium"),
    summary: BLOB,
    receipt_number: STRING,
    submitted_at: DATE,
  });
  const Material = of("material", {
    id,
    owner_kind: STRING,
    owner_id: BIGINT,
    kind: STRING,
    bytes: BIGINT,
    state: STRING,
    position: INTEGER,
  });
  CourtCase.hasMany(Party, { as: "parties", foreignKey: "case_id" });
  CourtCase.hasMany(Participant, { as: "participants", foreignKey: "case_id" });
  Filing.hasMany(Material, {
    as: "materials",
    foreignKey: "owner_id",
    constraints: false,
    scope: { owner_kind: "filing" },
  });
  return { CourtCase, Party, Participant, Filing, Material, Account };
}
