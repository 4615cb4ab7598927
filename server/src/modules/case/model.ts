import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from "sequelize";
import {
  code,
  count,
  id,
  maybeCode,
  maybeDay,
  maybeFen,
  maybeMoment,
  maybeReference,
  moment,
  reference,
  sealed,
  text,
} from "#core/columns.ts";
import { defineLimit } from "./limit-model.ts";
import { defineParticipants } from "./participant-model.ts";

const day = () => ({ type: DataTypes.DATEONLY, allowNull: false });

/** 案件: what a filing became when the court took it up. */
export class CourtCase extends Model<InferAttributes<CourtCase>, InferCreationAttributes<CourtCase>> {
  declare id: CreationOptional<string>;
  declare sealRef: string;
  declare filingId: string;
  declare accountId: string;
  declare courtCode: string;
  declare year: number;
  declare special: string;
  declare typeToken: string;
  declare serial: number;
  declare number: string;
  declare caseTypeCode: string;
  declare causeCode: string;
  declare amountFen: number | null;
  declare state: string;
  declare title: Buffer;
  declare filedOn: string;
  declare acceptedOn: string;
  declare innerId: CreationOptional<string | null>;
  declare registeredAt: CreationOptional<Date | null>;
  declare createdAt: Date;
  declare judgeId: CreationOptional<string | null>;
  declare panelIds: CreationOptional<string>;
  declare courtClerkId: CreationOptional<string | null>;
  declare trialProcedure: CreationOptional<string | null>;
  declare exchange: CreationOptional<string>;
  declare closedOn: CreationOptional<string | null>;
  declare outcome: CreationOptional<string | null>;
}

/** 案件当事人. */
export class CaseParty extends Model<InferAttributes<CaseParty>, InferCreationAttributes<CaseParty>> {
  declare caseId: string;
  declare partyKey: string;
  declare side: string;
  declare position: number;
  declare name: Buffer;
  declare nameIndex: string;
  declare idIndex: string | null;
  declare kind: "natural" | "organisation";
  /** Of the legal representative's name. */
  declare repIndex: string | null;
}

/** 案件进程: one line of the timeline, once per source. */
export class CaseEvent extends Model<InferAttributes<CaseEvent>, InferCreationAttributes<CaseEvent>> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare kind: string;
  declare source: string;
  declare title: string;
  declare detail: Buffer | null;
  declare partyKey: CreationOptional<string | null>;
  declare at: Date;
}

export function defineCase(sequelize: Sequelize): void {
  defineParticipants(sequelize);
  defineLimit(sequelize);
  CourtCase.init(
    {
      id: id(),
      sealRef: code(32),
      filingId: reference(),
      accountId: reference(),
      courtCode: code(16),
      year: count(),
      special: code(4),
      typeToken: code(12),
      serial: count(),
      number: code(64),
      caseTypeCode: code(8),
      causeCode: code(40),
      amountFen: maybeFen("amountFen"),
      state: code(24),
      title: sealed(),
      filedOn: day(),
      acceptedOn: day(),
      innerId: maybeCode(64),
      registeredAt: maybeMoment(),
      createdAt: moment(),
      judgeId: maybeReference(),
      panelIds: text(200),
      courtClerkId: maybeReference(),
      trialProcedure: maybeCode(16),
      exchange: { ...code(16), defaultValue: "synchronous" },
      closedOn: maybeDay(),
      outcome: maybeCode(16),
    },
    { sequelize, tableName: "court_case" },
  );
  CaseParty.init(
    {
      caseId: { ...reference(), primaryKey: true },
      partyKey: { ...code(16), primaryKey: true },
      side: code(16),
      position: count(),
      name: sealed(),
      nameIndex: code(64),
      idIndex: maybeCode(64),
      kind: code(16),
      repIndex: maybeCode(64),
    },
    { sequelize, tableName: "case_party" },
  );
  CaseEvent.init(
    {
      id: id(),
      caseId: reference(),
      kind: code(32),
      source: code(64),
      title: code(100),
      detail: sealed(),
      partyKey: maybeCode(16),
      at: moment(),
    },
    { sequelize, tableName: "case_event" },
  );
}
