/**
 * The signs are cut out of their colour, for that is the smallest way to draw. The sign on the brand's colour is white while that has a contrast of 3:1, else black.
 * Sizes, distances and the panel's form are those of the house; the colours of light and dark stand side by side.
 */
export const style = `:host{all:initial!important;position:fixed!important;inset-block-end:20px!important;inset-inline-end:20px!important;z-index:2147483000!important}
*{box-sizing:border-box;transition:.15s ease-out;font:14px/1.45 system-ui}
[hidden],:host([hidden]){display:none!important}
button{all:unset;box-sizing:border-box;cursor:pointer;border-radius:16px}
button:focus-visible{outline:3px solid var(--b);outline-offset:2px}
.l,.x{display:grid;place-items:center;width:44px;height:44px}
.l{width:56px;height:56px;border-radius:50%;forced-color-adjust:none;background:var(--b);color:oklch(from var(--b) clamp(0,(.65 - l)*1e5,1) 0 0);box-shadow:0 8px 40px #0003}
.l:hover{scale:1.05}
.l:before,.x:before{content:"";width:26px;height:26px;background:currentColor;clip-path:path("M5.5 25v-4.7a12 10.4 0 1 1 4.7 2.1")}
.o~.l:before{clip-path:polygon(14% 30%,50% 64%,86% 30%,94% 39%,50% 80%,6% 39%)}
.x:before{width:11px;height:11px;clip-path:polygon(14% 0,50% 36%,86% 0,100% 14%,64% 50%,100% 86%,86% 100%,50% 64%,14% 100%,0 86%,36% 50%,0 14%)}
.n{position:absolute;inset-block-start:-4px;inset-inline-end:-4px;min-width:22px;padding:0 5px;border:2px solid light-dark(#fff,#1f2228);border-radius:16px;background:#d3243b;color:#fff;font:600 12px/18px system-ui;text-align:center;pointer-events:none}
.w,.p{position:absolute;inset-block-end:68px;inset-inline-end:0;border-radius:16px;background:light-dark(#fff,#1f2228);color:light-dark(#1d2027,#eef0f4);box-shadow:0 8px 40px #0003,0 0 0 1px #0001}
.w{display:flex;width:max-content;max-width:min(280px,100vw - 40px)}
.t{padding:12px 16px;overflow-wrap:anywhere}
.p{width:384px;height:min(680px,100dvh - 96px);overflow:hidden}
.p:not(.o){opacity:0;visibility:hidden;translate:0 12px}
iframe{width:100%;height:100%;border:0;color-scheme:inherit}
@media(width<480px){.p{position:fixed;inset:0;width:auto;height:auto;border-radius:0}.o~.l{display:none}}
@media(prefers-reduced-motion){*{transition:none}}
@media print{:host{display:none!important}}`.replaceAll('\n', '');
