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
  maybeCode,
  maybeDay,
  maybeMoment,
  maybeReference,
  moment,
  reference,
  sealed,
  text,
} from "#core/columns.ts";
import type { Channel, Consent, DocumentKindCode } from "./kinds.ts";
import type { ServiceState } from "./workflow.ts";

/** 送达: some documents, brought to one party. */
export class Service extends Model<InferAttributes<Service>, InferCreationAttributes<Service>> {
  declare id: CreationOptional<string>;
  declare sealRef: string;
  declare caseId: string;
  declare courtCode: string;
  declare number: string;
  declare documentKind: DocumentKindCode;
  declare title: string;
  declare partyKey: string;
  declare source: string | null;
  declare state: ServiceState;
  declare turn: number;
  declare dueOn: CreationOptional<string>;
  declare channel: CreationOptional<Channel | null>;
  declare consent: CreationOptional<Consent | null>;
  declare effectiveOn: CreationOptional<string | null>;
  declare presumed: CreationOptional<boolean>;
  declare basis: CreationOptional<string>;
  declare explanation: CreationOptional<string>;
  declare toldOn: CreationOptional<string | null>;
  declare effectiveAt: CreationOptional<Date | null>;
  declare createdAt: Date;
  declare createdBy: string;
  declare sentAt: CreationOptional<Date | null>;
  declare paperAskedAt: CreationOptional<Date | null>;
  declare paperGivenAt: CreationOptional<Date | null>;
  declare note: CreationOptional<Buffer | null>;
  declare version: CreationOptional<number>;
}

export type PartSource = "text" | "material" | "complaint" | "respond" | "summons" | "dossier";
/** One document of a service. The PDF exists from the day it was sent. */
export class ServiceDocument extends Model<InferAttributes<ServiceDocument>, InferCreationAttributes<ServiceDocument>> {
  declare id: CreationOptional<string>;
  declare serviceId: string;
  declare position: number;
  declare title: string;
  declare source: PartSource;
  declare text: Buffer | null;
  declare materialId: string | null;
  declare itemId: CreationOptional<string | null>;
  declare fileKey: CreationOptional<string | null>;
  declare sha256: CreationOptional<string | null>;
  declare bytes: CreationOptional<number | null>;
}

/** One way that was tried. */
export class ServiceAttempt extends Model<InferAttributes<ServiceAttempt>, InferCreationAttributes<ServiceAttempt>> {
  declare id: CreationOptional<string>;
  declare serviceId: string;
  declare channel: Channel;
  declare address: Buffer | null;
  declare confirmed: boolean;
  declare sentAt: Date;
  declare arrivedAt: CreationOptional<Date | null>;
  declare readAt: CreationOptional<Date | null>;
  declare readBy: CreationOptional<string | null>;
  declare repliedAt: CreationOptional<Date | null>;
  declare repliedBy: CreationOptional<string | null>;
  declare over: CreationOptional<boolean>;
  declare facts: CreationOptional<Buffer | null>;
  declare ruled: CreationOptional<boolean>;
  declare ruledOn: CreationOptional<string | null>;
}

/** 送达地址确认书; the last version counts. */
export class ServiceAddress extends Model<InferAttributes<ServiceAddress>, InferCreationAttributes<ServiceAddress>> {
  declare id: CreationOptional<string>;
  declare sealRef: string;
  declare caseId: string;
  declare partyKey: string;
  declare version: number;
  declare content: Buffer;
  declare electronic: boolean;
  declare judgments: boolean;
  declare confirmedAt: Date;
  declare confirmedBy: string;
}

export class ServiceContest extends Model<InferAttributes<ServiceContest>, InferCreationAttributes<ServiceContest>> {
  declare id: CreationOptional<string>;
  declare serviceId: string;
  declare attemptId: string;
  declare accountId: string;
  declare claimedOn: string | null;
  declare disputedOn: string;
  declare note: Buffer;
  declare state: "open" | "accepted" | "refused";
  declare effectiveOn: CreationOptional<string | null>;
  declare reason: CreationOptional<Buffer | null>;
  declare at: Date;
  declare decidedAt: CreationOptional<Date | null>;
  declare decidedBy: CreationOptional<string | null>;
}

const day = () => ({ type: DataTypes.DATEONLY, allowNull: false });
const maybeCount = () => ({ ...count(), allowNull: true, defaultValue: null });

export function defineService(sequelize: Sequelize): void {
  Service.init(
    {
      id: id(),
      sealRef: code(32),
      caseId: reference(),
      courtCode: code(16),
      number: code(40),
      documentKind: code(24),
      title: code(100),
      partyKey: code(16),
      source: maybeCode(40),
      state: code(16),
      turn: count(),
      dueOn: { ...day(), defaultValue: "9999-12-31" },
      channel: maybeCode(16),
      consent: maybeCode(16),
      effectiveOn: maybeDay(),
      presumed: flag(),
      basis: text(120),
      explanation: text(400),
      toldOn: maybeDay(),
      effectiveAt: maybeMoment(),
      createdAt: moment(),
      createdBy: reference(),
      sentAt: maybeMoment(),
      paperAskedAt: maybeMoment(),
      paperGivenAt: maybeMoment(),
      note: sealed(),
      version: { ...count(), defaultValue: 1 },
    },
    { sequelize, tableName: "service" },
  );
  ServiceDocument.init(
    {
      id: id(),
      serviceId: reference(),
      position: count(),
      title: code(100),
      source: code(16),
      text: sealed(),
      materialId: maybeReference(),
      itemId: maybeReference(),
      fileKey: maybeCode(128),
      sha256: maybeCode(64),
      bytes: maybeCount(),
    },
    { sequelize, tableName: "service_document" },
  );
  ServiceAttempt.init(
    {
      id: id(),
      serviceId: reference(),
      channel: code(16),
      address: sealed(),
      confirmed: flag(),
      sentAt: moment(),
      arrivedAt: maybeMoment(),
      readAt: maybeMoment(),
      readBy: maybeReference(),
      repliedAt: maybeMoment(),
      repliedBy: maybeReference(),
      over: flag(),
      facts: sealed(),
      ruled: flag(),
      ruledOn: maybeDay(),
    },
    { sequelize, tableName: "service_attempt" },
  );
  ServiceAddress.init(
    {
      id: id(),
      sealRef: code(32),
      caseId: reference(),
      partyKey: code(16),
      version: count(),
      content: sealed(),
      electronic: flag(),
      judgments: flag(),
      confirmedAt: moment(),
      confirmedBy: reference(),
    },
    { sequelize, tableName: "service_address" },
  );
  ServiceContest.init(
    {
      id: id(),
      serviceId: reference(),
      attemptId: reference(),
      accountId: reference(),
      claimedOn: maybeDay(),
      disputedOn: day(),
      note: sealed(),
      state: code(16),
      effectiveOn: maybeDay(),
      reason: sealed(),
      at: moment(),
      decidedAt: maybeMoment(),
      decidedBy: maybeReference(),
    },
    { sequelize, tableName: "service_contest" },
  );
}
