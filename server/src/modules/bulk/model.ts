import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from "sequelize";
import { code, count, id, maybeCode, maybeMoment, maybeReference, moment, reference, sealed } from "#core/columns.ts";
import type { JobState, RowState } from "./workflow.ts";

/** 批量立案任务. One sheet of one account for one court, with or without an archive of papers. */
export class BulkJob extends Model<InferAttributes<BulkJob>, InferCreationAttributes<BulkJob>> {
  declare id: CreationOptional<string>;
  /** Random; what is sealed in this row and in the job's rows is bound to it. */
  declare sealRef: string;
  declare accountId: string;
  declare courtCode: string;
  declare formId: string;
  declare state: JobState;
  declare version: CreationOptional<number>;
  declare step: CreationOptional<number>;
  declare requestKey: string;
  declare sheetSha256: string;
  declare sheetId: CreationOptional<string | null>;
  declare archiveId: CreationOptional<string | null>;
  declare signatureId: CreationOptional<string | null>;
  declare archive: CreationOptional<Buffer | null>;
  declare letters: CreationOptional<string | null>;
  declare rowCount: CreationOptional<number>;
  declare fault: CreationOptional<Buffer | null>;
  declare sameAs: CreationOptional<string | null>;
  declare readAt: CreationOptional<Date | null>;
  declare validatedAt: CreationOptional<Date | null>;
  declare phaseAt: CreationOptional<Date | null>;
  declare createdAt: Date;
  declare updatedAt: Date;
}

/** One line of the sheet: a case to be. */
export class BulkRow extends Model<InferAttributes<BulkRow>, InferCreationAttributes<BulkRow>> {
  declare id: CreationOptional<string>;
  declare sealRef: string;
  declare jobId: string;
  declare accountId: string;
  declare sheetRow: number;
  declare state: RowState;
  declare cells: Buffer;
  declare content: CreationOptional<Buffer | null>;
  declare findings: CreationOptional<Buffer | null>;
  declare title: CreationOptional<Buffer | null>;
  declare businessKey: CreationOptional<string | null>;
  declare liveKey: CreationOptional<string | null>;
  declare sameAs: CreationOptional<string | null>;
  declare filingId: CreationOptional<string | null>;
  declare receiptNumber: CreationOptional<string | null>;
  declare signatureId: CreationOptional<string | null>;
  declare triedAt: CreationOptional<Date | null>;
  declare updatedAt: Date;
}

export function defineBulk(sequelize: Sequelize): void {
  BulkJob.init(
    {
      id: id(),
      sealRef: code(32),
      accountId: reference(),
      courtCode: code(16),
      formId: code(24),
      state: code(16),
      version: { ...count(), defaultValue: 1 },
      step: count(),
      requestKey: code(64),
      sheetSha256: code(64),
      sheetId: maybeReference(),
      archiveId: maybeReference(),
      signatureId: maybeReference(),
      archive: sealed(),
      letters: { type: DataTypes.TEXT },
      rowCount: count(),
      fault: sealed(),
      sameAs: maybeReference(),
      readAt: maybeMoment(),
      validatedAt: maybeMoment(),
      phaseAt: maybeMoment(),
      createdAt: moment(),
      updatedAt: moment(),
    },
    { sequelize, tableName: "bulk_job" },
  );
  BulkRow.init(
    {
      id: id(),
      sealRef: code(32),
      jobId: reference(),
      accountId: reference(),
      sheetRow: count(),
      state: code(16),
      cells: { ...sealed(), allowNull: false },
      content: sealed(),
      findings: sealed(),
      title: sealed(),
      businessKey: maybeCode(64),
      liveKey: maybeCode(64),
      sameAs: maybeReference(),
      filingId: maybeReference(),
      receiptNumber: maybeCode(40),
      signatureId: maybeReference(),
      triedAt: maybeMoment(),
      updatedAt: moment(),
    },
    { sequelize, tableName: "bulk_row" },
  );
}
