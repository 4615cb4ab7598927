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
  flag,
  id,
  json,
  maybeCode,
  maybeDay,
  maybeFen,
  maybeMoment,
  maybeReference,
  moment,
  reference,
  sealed,
} from "#core/columns.ts";
import type { FilingAction, FilingState } from "./workflow.ts";

/** 立案申请. One account's request that one court take up one dispute. */
export class Filing extends Model<InferAttributes<Filing>, InferCreationAttributes<Filing>> {
  declare id: CreationOptional<string>;
  /** Random; what is sealed in this row is bound to it. */
  declare sealRef: string;
  declare accountId: string;
  declare courtCode: string;
  declare state: FilingState;
  declare version: CreationOptional<number>;
  /** 1 until the first correction is handed in, then 2… */
  declare round: CreationOptional<number>;
  declare causeCode: string | null;
  declare formId: string | null;
  declare amountFen: number | null;
  /** {content, versions}, sealed. */
  declare content: Buffer;
  /** {title}, sealed: what a list shows. */
  declare summary: Buffer;
  declare receiptNumber: CreationOptional<string | null>;
  declare submittedAt: CreationOptional<Date | null>;
  declare correctionDueOn: CreationOptional<string | null>;
  declare caseId: CreationOptional<string | null>;
  declare caseNumber: CreationOptional<string | null>;
  /** online, paper (窗口收件) or transfer (移送). */
  declare channel: CreationOptional<string>;
  /** Set where the one who filed was an agent and no longer is: they read it no more. */
  declare readingEndedAt: CreationOptional<Date | null>;
  declare createdAt: Date;
  declare updatedAt: Date;
}

/** 立案流转记录. Written once for every move, and never changed. */
export class FilingStep extends Model<InferAttributes<FilingStep>, InferCreationAttributes<FilingStep>> {
  declare id: CreationOptional<string>;
  declare filingId: string;
  declare action: FilingAction | "open";
  declare toState: FilingState;
  declare actorId: string;
  declare role: string;
  declare note: Buffer | null;
  declare at: Date;
}

/** 期间记录: what happened to the statutory clock, and when it runs out since then. */
export class FilingClockEvent extends Model<
  InferAttributes<FilingClockEvent>,
  InferCreationAttributes<FilingClockEvent>
> {
  declare id: CreationOptional<string>;
  declare filingId: string;
  declare event: string;
  declare onDay: string;
  declare dueOn: string | null;
  declare nominalDueOn: string | null;
  declare provisional: boolean;
  declare basis: string;
  declare note: string;
  declare at: Date;
}

/** 提交版本: what was handed in, round by round. */
export class FilingSubmission extends Model<
  InferAttributes<FilingSubmission>,
  InferCreationAttributes<FilingSubmission>
> {
  declare id: CreationOptional<string>;
  declare filingId: string;
  declare round: number;
  declare content: Buffer;
  declare materialIds: string;
  declare contentHash: string;
  declare at: Date;
}

/** 补正告知: all defects of one round, told at once. */
export class FilingCorrection extends Model<
  InferAttributes<FilingCorrection>,
  InferCreationAttributes<FilingCorrection>
> {
  declare id: CreationOptional<string>;
  declare filingId: string;
  declare round: number;
  declare defects: Buffer;
  declare dueOn: string;
  declare overrideReason: string | null;
  declare returnedAt: Date;
  declare answeredAt: CreationOptional<Date | null>;
}

/** 立案阶段文书: the text that was sent with a decision. */
export class FilingDocument extends Model<InferAttributes<FilingDocument>, InferCreationAttributes<FilingDocument>> {
  declare id: CreationOptional<string>;
  declare filingId: string;
  declare kind: string;
  declare title: string;
  declare body: Buffer;
  declare at: Date;
}

/** 当事人索引: whom a filing names, for finding other filings of the same people; no name stands here. */
export class FilingParty extends Model<InferAttributes<FilingParty>, InferCreationAttributes<FilingParty>> {
  declare filingId: string;
  declare partyKey: string;
  declare side: string;
  declare nameIndex: string;
  declare idIndex: string | null;
}

export function defineFiling(sequelize: Sequelize): void {
  Filing.init(
    {
      id: id(),
      sealRef: code(32),
      accountId: reference(),
      courtCode: code(16),
      state: code(24),
      version: { ...count(), defaultValue: 1 },
      round: { ...count(), defaultValue: 1 },
      causeCode: maybeCode(40),
      formId: maybeCode(24),
      amountFen: maybeFen("amountFen"),
      content: sealed(),
      summary: sealed(),
      receiptNumber: maybeCode(40),
      submittedAt: maybeMoment(),
      correctionDueOn: maybeDay(),
      caseId: maybeReference(),
      caseNumber: maybeCode(64),
      channel: { ...code(8), defaultValue: "online" },
      readingEndedAt: maybeMoment(),
      createdAt: moment(),
      updatedAt: moment(),
    },
    { sequelize, tableName: "filing" },
  );
  FilingStep.init(
    {
      id: id(),
      filingId: reference(),
      action: code(24),
      toState: code(24),
      actorId: reference(),
      role: code(16),
      note: sealed(),
      at: moment(),
    },
    { sequelize, tableName: "filing_step" },
  );
  FilingClockEvent.init(
    {
      id: id(),
      filingId: reference(),
      event: code(16),
      onDay: { type: DataTypes.DATEONLY, allowNull: false },
      dueOn: maybeDay(),
      nominalDueOn: maybeDay(),
      provisional: flag(),
      basis: code(200),
      note: code(200),
      at: moment(),
    },
    { sequelize, tableName: "filing_clock_event" },
  );
  FilingSubmission.init(
    {
      id: id(),
      filingId: reference(),
      round: count(),
      content: sealed(),
      materialIds: json(),
      contentHash: code(64),
      at: moment(),
    },
    { sequelize, tableName: "filing_submission" },
  );
  FilingCorrection.init(
    {
      id: id(),
      filingId: reference(),
      round: count(),
      defects: sealed(),
      dueOn: { type: DataTypes.DATEONLY, allowNull: false },
      overrideReason: maybeCode(500),
      returnedAt: moment(),
      answeredAt: maybeMoment(),
    },
    { sequelize, tableName: "filing_correction" },
  );
  FilingDocument.init(
    { id: id(), filingId: reference(), kind: code(32), title: code(100), body: sealed(), at: moment() },
    { sequelize, tableName: "filing_document" },
  );
  FilingParty.init(
    {
      filingId: { ...reference(), primaryKey: true },
      partyKey: { ...code(16), primaryKey: true },
      side: code(16),
      nameIndex: code(64),
      idIndex: maybeCode(64),
    },
    { sequelize, tableName: "filing_party" },
  );
}
