import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type ModelAttributeColumnOptions,
  type Sequelize,
} from "sequelize";
import {
  code,
  count,
  flag,
  id,
  json,
  maybeDay,
  maybeFen,
  maybeMoment,
  maybeReference,
  moment,
  reference,
  sealed,
} from "#core/columns.ts";
import type { ReliefKind } from "#modules/reference/index.ts";
import type { FeeAction, FeeState, ReliefState } from "./workflow.ts";

/** 交费通知: what one payer owes in one case for one thing. dueFen = assessed − relief; net paid = paid − refunded. */
export class FeeNotice extends Model<InferAttributes<FeeNotice>, InferCreationAttributes<FeeNotice>> {
  declare id: CreationOptional<string>;
  /** Random; what is sealed in this row is bound to it. */
  declare sealRef: string;
  declare number: string;
  declare courtCode: string;
  declare caseId: string;
  declare caseNumber: string;
  declare filingId: string;
  /** `acceptance`, `counterclaim:d1`, `appeal:p1`: one notice for each. */
  declare source: string;
  /** Who is to pay; "0" where they have no account here. */
  declare accountId: string;
  declare payer: Buffer;
  declare payerKind: "natural" | "organisation";
  declare title: Buffer;
  declare facts: string;
  declare assessedFen: number;
  declare reliefFen: CreationOptional<number>;
  declare paidFen: CreationOptional<number>;
  declare refundedFen: CreationOptional<number>;
  /** What changes have given back so far, whether it has left or not: each is asked for once. */
  declare refundPromisedFen: CreationOptional<number>;
  declare steps: string;
  declare basis: string;
  declare state: FeeState;
  declare payingUntil: CreationOptional<Date | null>;
  declare issuedAt: Date;
  declare service: string | null;
  declare servedOn: string | null;
  declare presumed: CreationOptional<boolean>;
  declare dueOn: string | null;
  declare nominalDueOn: string | null;
  declare provisional: CreationOptional<boolean>;
  declare deferredOn: CreationOptional<string | null>;
  declare payCode: string;
  declare paidAt: CreationOptional<Date | null>;
  declare version: CreationOptional<number>;
  declare createdAt: Date;
  declare updatedAt: Date;
}

/** 交费通知流转记录. */
export class FeeStepRow extends Model<InferAttributes<FeeStepRow>, InferCreationAttributes<FeeStepRow>> {
  declare id: CreationOptional<string>;
  declare noticeId: string;
  declare action: FeeAction | "issue";
  declare toState: FeeState;
  declare actorId: string;
  declare role: string;
  declare note: Buffer | null;
  declare at: Date;
}

/** 诉讼费变动. */
export class FeeChange extends Model<InferAttributes<FeeChange>, InferCreationAttributes<FeeChange>> {
  declare id: CreationOptional<string>;
  declare noticeId: string;
  declare reason: string;
  declare facts: string;
  declare beforeFen: number;
  declare afterFen: number;
  declare steps: string;
  declare note: Buffer | null;
  declare actorId: string;
  declare at: Date;
}

/** 司法救助（缓减免）申请. */
export class FeeRelief extends Model<InferAttributes<FeeRelief>, InferCreationAttributes<FeeRelief>> {
  declare id: CreationOptional<string>;
  declare sealRef: string;
  declare noticeId: string;
  declare courtCode: string;
  declare accountId: string;
  declare kind: ReliefKind;
  declare ground: string;
  declare statement: Buffer;
  declare askedUntil: string | null;
  declare materialIds: string;
  declare state: ReliefState;
  /** The notice while undecided, so that there is one at a time. */
  declare openOf: string | null;
  declare reliefFen: CreationOptional<number | null>;
  declare deferUntil: CreationOptional<string | null>;
  declare reason: CreationOptional<Buffer | null>;
  declare decidedBy: CreationOptional<string | null>;
  declare decidedAt: CreationOptional<Date | null>;
  declare requestedAt: Date;
  declare version: CreationOptional<number>;
}

/** 诉讼费文书: the text of what was sent. */
export class FeeDocument extends Model<InferAttributes<FeeDocument>, InferCreationAttributes<FeeDocument>> {
  declare id: CreationOptional<string>;
  declare noticeId: string;
  declare kind: string;
  declare title: string;
  declare body: Buffer;
  declare at: Date;
}

const fen = (column: string): ModelAttributeColumnOptions => ({ ...maybeFen(column), allowNull: false });
const fenFromNothing = (column: string) => ({ ...fen(column), defaultValue: 0 });

export function defineFee(sequelize: Sequelize): void {
  FeeNotice.init(
    {
      id: id(),
      sealRef: code(32),
      number: code(40),
      courtCode: code(16),
      caseId: reference(),
      caseNumber: code(64),
      filingId: reference(),
      source: code(64),
      accountId: reference(),
      payer: sealed(),
      payerKind: code(16),
      title: sealed(),
      facts: json(),
      assessedFen: fen("assessedFen"),
      reliefFen: fenFromNothing("reliefFen"),
      paidFen: fenFromNothing("paidFen"),
      refundedFen: fenFromNothing("refundedFen"),
      refundPromisedFen: fenFromNothing("refundPromisedFen"),
      steps: json(),
      basis: json(),
      state: code(24),
      payingUntil: maybeMoment(),
      issuedAt: moment(),
      service: { type: DataTypes.TEXT("medium") },
      servedOn: maybeDay(),
      presumed: flag(),
      dueOn: maybeDay(),
      nominalDueOn: maybeDay(),
      provisional: flag(),
      deferredOn: maybeDay(),
      payCode: code(16),
      paidAt: maybeMoment(),
      version: { ...count(), defaultValue: 1 },
      createdAt: moment(),
      updatedAt: moment(),
    },
    { sequelize, tableName: "fee_notice" },
  );
  FeeStepRow.init(
    {
      id: id(),
      noticeId: reference(),
      action: code(24),
      toState: code(24),
      actorId: reference(),
      role: code(16),
      note: sealed(),
      at: moment(),
    },
    { sequelize, tableName: "fee_step" },
  );
  FeeChange.init(
    {
      id: id(),
      noticeId: reference(),
      reason: code(24),
      facts: json(),
      beforeFen: fen("beforeFen"),
      afterFen: fen("afterFen"),
      steps: json(),
      note: sealed(),
      actorId: reference(),
      at: moment(),
    },
    { sequelize, tableName: "fee_change" },
  );
  FeeRelief.init(
    {
      id: id(),
      sealRef: code(32),
      noticeId: reference(),
      courtCode: code(16),
      accountId: reference(),
      kind: code(8),
      ground: code(40),
      statement: sealed(),
      askedUntil: maybeDay(),
      materialIds: json(),
      state: code(24),
      openOf: maybeReference(),
      reliefFen: maybeFen("reliefFen"),
      deferUntil: maybeDay(),
      reason: sealed(),
      decidedBy: maybeReference(),
      decidedAt: maybeMoment(),
      requestedAt: moment(),
      version: { ...count(), defaultValue: 1 },
    },
    { sequelize, tableName: "fee_relief" },
  );
  FeeDocument.init(
    { id: id(), noticeId: reference(), kind: code(32), title: code(100), body: sealed(), at: moment() },
    { sequelize, tableName: "fee_document" },
  );
}
