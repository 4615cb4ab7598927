import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from "sequelize";
import type { Role } from "#core/actor.ts";
import {
  code,
  count,
  id,
  json,
  maybeCode,
  maybeDay,
  maybeMoment,
  maybeReference,
  moment,
  reference,
  sealed,
  text,
} from "#core/columns.ts";
import type { Written } from "#core/language.ts";
import type { IdentityState, PracticeState, ReviewState, StaffState } from "./workflow.ts";

/** 账号. Somebody who may sign in: one of the public by WeChat, one of the court's own people by name and password. */
export class Account extends Model<InferAttributes<Account>, InferCreationAttributes<Account>> {
  declare id: CreationOptional<string>;
  declare role: Role;
  declare courtCode: CreationOptional<string | null>;
  declare state: StaffState;
  declare openidIndex: CreationOptional<string | null>;
  declare openidSealed: CreationOptional<Buffer | null>;
  declare nameSealed: CreationOptional<Buffer | null>;
  declare nameIndex: CreationOptional<string | null>;
  declare maskedName: CreationOptional<string | null>;
  declare phoneSealed: CreationOptional<Buffer | null>;
  declare phoneIndex: CreationOptional<string | null>;
  declare phoneVerifiedAt: CreationOptional<Date | null>;
  declare createdAt: Date;
  declare signedInAt: CreationOptional<Date | null>;
  /** In which the screens speak to this person. */
  declare language: CreationOptional<Written>;
}

/** 实名. The person an account says it is, and whether that was found to be so. */
export class Identity extends Model<InferAttributes<Identity>, InferCreationAttributes<Identity>> {
  declare accountId: string;
  declare state: IdentityState;
  declare idType: string;
  declare nameSealed: Buffer;
  declare idNumberSealed: Buffer;
  declare claimIndex: string;
  declare idIndex: string;
  /** Set while verified; unique, so one document belongs to one account. */
  declare verifiedIndex: CreationOptional<string | null>;
  declare reason: CreationOptional<string>;
  declare attempts: CreationOptional<number>;
  declare attemptsOn: CreationOptional<string | null>;
  declare verifiedAt: CreationOptional<Date | null>;
  declare updatedAt: Date;
}

/** 实名人工核验. For people whom the automatic check fails. */
export class IdentityReview extends Model<InferAttributes<IdentityReview>, InferCreationAttributes<IdentityReview>> {
  declare id: CreationOptional<string>;
  declare accountId: string;
  declare openAccountId: CreationOptional<string | null>;
  declare courtCode: string;
  declare state: ReviewState;
  declare noteSealed: Buffer;
  declare materialIds: string;
  declare openedAt: Date;
  declare decidedBy: CreationOptional<string | null>;
  declare decidedAt: CreationOptional<Date | null>;
  declare decisionNote: CreationOptional<string>;
}

/** 律师执业. */
export class Practice extends Model<InferAttributes<Practice>, InferCreationAttributes<Practice>> {
  declare accountId: string;
  declare state: PracticeState;
  declare licenceSealed: Buffer;
  declare licenceIndex: string;
  declare verifiedIndex: CreationOptional<string | null>;
  declare firm: string;
  declare reason: CreationOptional<string>;
  declare decidedBy: CreationOptional<string | null>;
  declare updatedAt: Date;
}

/** 法院工作人员. */
export class Staff extends Model<InferAttributes<Staff>, InferCreationAttributes<Staff>> {
  declare accountId: string;
  declare username: string;
  declare displayName: string;
  /** 职务, as the court calls it. */
  declare title: CreationOptional<string>;
  declare passwordHash: string;
  declare totpSealed: Buffer;
  declare lastTotpStep: CreationOptional<string | number>;
  declare passwordChangedAt: Date;
  /** Set while the password is one that an administrator handed over. */
  declare firstPasswordUntil: CreationOptional<Date | null>;
}

export const ENDINGS = ["signed_out", "revoked", "reused", "crowded"] as const;
export type Ending = (typeof ENDINGS)[number];

/** 登录会话, with the family of its refresh tokens. */
export class Session extends Model<InferAttributes<Session>, InferCreationAttributes<Session>> {
  declare id: CreationOptional<string>;
  declare accountId: string;
  declare familyHash: string;
  declare refreshHash: string;
  declare createdAt: Date;
  declare seenAt: Date;
  declare idleSeconds: number;
  declare expiresAt: Date;
  declare endedAt: CreationOptional<Date | null>;
  declare endedWhy: CreationOptional<Ending | null>;
  declare device: CreationOptional<string>;
}

const ofAccount = () => ({ ...reference(), primaryKey: true });
const index = () => code(64);
const maybeIndex = () => maybeCode(64);

export function defineAccount(sequelize: Sequelize): void {
  Account.init(
    {
      id: id(),
      role: code(16),
      courtCode: maybeCode(16),
      state: code(16),
      openidIndex: maybeIndex(),
      openidSealed: sealed(),
      nameSealed: sealed(),
      nameIndex: maybeIndex(),
      maskedName: maybeCode(100),
      phoneSealed: sealed(),
      phoneIndex: maybeIndex(),
      phoneVerifiedAt: maybeMoment(),
      createdAt: moment(),
      signedInAt: maybeMoment(),
      language: { ...code(8), defaultValue: "zh-CN" },
    },
    { sequelize, tableName: "account" },
  );
  Identity.init(
    {
      accountId: ofAccount(),
      state: code(16),
      idType: code(32),
      nameSealed: sealed(),
      idNumberSealed: sealed(),
      claimIndex: index(),
      idIndex: index(),
      verifiedIndex: maybeIndex(),
      reason: text(200),
      attempts: count(),
      attemptsOn: maybeDay(),
      verifiedAt: maybeMoment(),
      updatedAt: moment(),
    },
    { sequelize, tableName: "identity" },
  );
  IdentityReview.init(
    {
      id: id(),
      accountId: reference(),
      openAccountId: maybeReference(),
      courtCode: code(16),
      state: code(16),
      noteSealed: sealed(),
      materialIds: json(),
      openedAt: moment(),
      decidedBy: maybeReference(),
      decidedAt: maybeMoment(),
      decisionNote: text(500),
    },
    { sequelize, tableName: "identity_review" },
  );
  Practice.init(
    {
      accountId: ofAccount(),
      state: code(16),
      licenceSealed: sealed(),
      licenceIndex: index(),
      verifiedIndex: maybeIndex(),
      firm: text(200),
      reason: text(500),
      decidedBy: maybeReference(),
      updatedAt: moment(),
    },
    { sequelize, tableName: "practice" },
  );
  Staff.init(
    {
      accountId: ofAccount(),
      username: code(64),
      displayName: code(64),
      title: text(40),
      passwordHash: code(255),
      totpSealed: sealed(),
      lastTotpStep: { type: DataTypes.BIGINT.UNSIGNED, allowNull: false, defaultValue: 0 },
      passwordChangedAt: moment(),
      firstPasswordUntil: maybeMoment(),
    },
    { sequelize, tableName: "staff" },
  );
  Session.init(
    {
      id: id(),
      accountId: reference(),
      familyHash: index(),
      refreshHash: index(),
      createdAt: moment(),
      seenAt: moment(),
      idleSeconds: count(),
      expiresAt: moment(),
      endedAt: maybeMoment(),
      endedWhy: maybeCode(16),
      device: text(100),
    },
    { sequelize, tableName: "session" },
  );
}
