/// <reference types="vite/client" />
interface ImportMetaEnv {
  /** Origin of the court's server for the mini-program, such as https://sutong.example.gov.cn; H5 uses its own origin. */
  readonly VITE_API_BASE?: string;
}
declare module "*.woff2?url" {
  const address: string;
  export default address;
}
declare module "*.vue" {
  import type { DefineComponent } from "vue";

  const component: DefineComponent<object, object, unknown>;
  export default component;
}
