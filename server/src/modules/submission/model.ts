import {
  type CreationOptional,
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
  maybeMoment,
  maybeReference,
  moment,
  reference,
  sealed,
} from "#core/columns.ts";
import type { Kind } from "./applications.ts";
import type { SubmissionAction, SubmissionState } from "./workflow.ts";

/** 诉讼中的提交. */
export class Submission extends Model<InferAttributes<Submission>, InferCreationAttributes<Submission>> {
  declare id: CreationOptional<string>;
  declare sealRef: string;
  declare caseId: string;
  declare courtCode: string;
  declare accountId: string;
  declare partyKey: string;
  declare kind: Kind;
  declare application: string | null;
  declare queue: string;
  declare state: SubmissionState;
  declare openOf: string | null;
  declare content: Buffer;
  declare version: CreationOptional<number>;
  declare createdAt: Date;
  declare updatedAt: Date;
  declare submittedAt: CreationOptional<Date | null>;
  declare openAt: CreationOptional<Date | null>;
  declare dueOn: CreationOptional<string | null>;
  declare decidedAt: CreationOptional<Date | null>;
  declare decidedBy: CreationOptional<string | null>;
  declare note: CreationOptional<Buffer | null>;
}

export class SubmissionStep extends Model<InferAttributes<SubmissionStep>, InferCreationAttributes<SubmissionStep>> {
  declare id: CreationOptional<string>;
  declare submissionId: string;
  declare action: SubmissionAction | "disclose";
  declare toState: SubmissionState;
  declare actorId: string;
  declare role: string;
  declare note: Buffer | null;
  declare at: Date;
}

export function defineSubmission(sequelize: Sequelize): void {
  Submission.init(
    {
      id: id(),
      sealRef: code(32),
      caseId: reference(),
      courtCode: code(16),
      accountId: reference(),
      partyKey: code(16),
      kind: code(16),
      application: maybeCode(32),
      queue: code(16),
      state: code(16),
      openOf: maybeCode(40),
      content: sealed(),
      version: { ...count(), defaultValue: 1 },
      createdAt: moment(),
      updatedAt: moment(),
      submittedAt: maybeMoment(),
      openAt: maybeMoment(),
      dueOn: maybeDay(),
      decidedAt: maybeMoment(),
      decidedBy: maybeReference(),
      note: sealed(),
    },
    { sequelize, tableName: "submission" },
  );
  SubmissionStep.init(
    {
      id: id(),
      submissionId: reference(),
      action: code(16),
      toState: code(16),
      actorId: reference(),
      role: code(16),
      note: sealed(),
      at: moment(),
    },
    { sequelize, tableName: "submission_step" },
  );
}
