/** 不予受理与不予登记的事由 (登记立案规定§10, 民诉法§127). */
export interface RefusalGround {
  readonly code: string;
  readonly title: string;
  readonly basis: string;
}

const REGISTRATION = "《最高人民法院关于人民法院登记立案若干问题的规定》第十条";
const PROCEDURE = "《中华人民共和国民事诉讼法》第一百二十七条";

export const refusalGrounds: readonly RefusalGround[] = [
  {
    code: "unlawful",
    title: "违法起诉或者不符合法律规定的起诉条件",
    basis: `${REGISTRATION}第一项、《中华人民共和国民事诉讼法》第一百二十二条`,
  },
  { code: "sovereignty", title: "涉及危害国家主权和领土完整", basis: `${REGISTRATION}第二项` },
  { code: "national_security", title: "危害国家安全", basis: `${REGISTRATION}第三项` },
  { code: "national_unity", title: "破坏国家统一和民族团结", basis: `${REGISTRATION}第四项` },
  { code: "religious_policy", title: "破坏国家宗教政策", basis: `${REGISTRATION}第五项` },
  { code: "outside_courts", title: "所诉事项不属于人民法院主管", basis: `${REGISTRATION}第六项` },
  { code: "administrative", title: "属于行政诉讼受案范围，应当提起行政诉讼", basis: `${PROCEDURE}第一项` },
  { code: "arbitration", title: "双方有有效的书面仲裁协议，应当申请仲裁", basis: `${PROCEDURE}第二项` },
  { code: "other_authority", title: "依法应当由其他机关处理", basis: `${PROCEDURE}第三项` },
  { code: "res_judicata", title: "已有生效裁判，应当申请再审", basis: `${PROCEDURE}第五项` },
  { code: "barred_for_now", title: "依法在一定期限内不得起诉", basis: `${PROCEDURE}第六项` },
  {
    code: "divorce_again",
    title: "判决不准离婚或者调解和好、撤诉后没有新情况、新理由，六个月内又起诉",
    basis: `${PROCEDURE}第七项、民诉法解释第二百一十四条`,
  },
  {
    code: "no_interest",
    title: "原告与本案没有直接利害关系",
    basis: "《中华人民共和国民事诉讼法》第一百二十二条第一项",
  },
  { code: "no_defendant", title: "没有明确的被告", basis: "《中华人民共和国民事诉讼法》第一百二十二条第二项" },
];

const byCode = new Map(refusalGrounds.map((ground) => [ground.code, ground]));
export const refusalGround = (code: string): RefusalGround | undefined => byCode.get(code);
