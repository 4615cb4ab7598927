// Stands in for @dcloudio/uni-app, whose life cycle belongs to a running app.
import { onMounted } from "vue";

export const onLoad = (run: (query: Record<string, string>) => void) => onMounted(() => run({}));
export const onShow = (run: () => void) => onMounted(run);
export const onHide = (_run: () => void) => {};
export const onLaunch = onShow;
export const onPullDownRefresh = (_run: () => void) => {};
export const onReachBottom = (_run: () => void) => {};
