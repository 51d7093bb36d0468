/** Look and behaviour of exported pages. Plain enough for every browser, and for paper. */

export const pageStyle = `
:root{color-scheme:light dark;--line:#8884;--person:#2672c91a;--faint:#777}
body{font:16px/1.55 system-ui,sans-serif;max-width:52rem;margin:0 auto;padding:0 1rem 4rem}
header{position:sticky;top:0;display:flex;gap:.5rem;align-items:center;padding:.75rem 0;background:Canvas;border-bottom:1px solid var(--line)}
#words{flex:1;font:inherit;padding:.3rem .6rem}button{font:inherit}output{color:var(--faint);min-width:6rem}
h1{font-size:1.5rem;margin:2rem 0 .5rem;overflow-wrap:anywhere}h2{font-size:.9rem;color:var(--faint);font-weight:600;margin:1.6rem 0 .4rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;color:var(--faint);font-size:.85rem;margin:0 0 1rem}dd{margin:0;overflow-wrap:anywhere}
pre{font:inherit;white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0}details pre{font:13px/1.45 ui-monospace,monospace}
.person{background:var(--person);border-radius:.4rem;padding:.2rem .8rem}.thinking,.note,.context{color:var(--faint)}.back{opacity:.6}
details,.note{border-left:2px solid var(--line);padding-left:.7rem;margin:.4rem 0}summary{cursor:pointer;overflow-wrap:anywhere}
figure{margin:.4rem 0}figure img{max-width:20rem;max-height:14rem;border:1px solid var(--line);border-radius:.3rem;cursor:zoom-in}
figure img.whole{max-width:100%;max-height:none;cursor:zoom-out}article+article{border-top:1px solid var(--line)}[hidden]{display:none}
@media print{header{display:none}body{max-width:none;font-size:11pt}section{break-inside:auto}h1,h2{break-after:avoid}}
`;

/** Hides turns that do not hold all words; opens everything for paper. */
export const pageScript = `
const words=document.getElementById('words'),found=document.getElementById('found'),turns=[...document.querySelectorAll('.turn')];
const texts=turns.map((turn)=>turn.textContent.toLowerCase());
function search(){const wanted=words.value.toLowerCase().split(/\\s+/).filter(Boolean);let count=0;
turns.forEach((turn,at)=>{const fits=wanted.every((word)=>texts[at].includes(word));turn.hidden=!fits;if(fits)count++;});
document.querySelectorAll('article').forEach((article)=>{article.hidden=wanted.length>0&&!article.querySelector('.turn:not([hidden])');});
found.textContent=wanted.length?count+' of '+turns.length:'';}
function openAll(){document.querySelectorAll('details').forEach((each)=>{each.open=true;});}
function whole(event){if(event.target.matches('figure img')&&(event.type==='click'||event.key==='Enter'))event.target.classList.toggle('whole');}
for(const type of ['click','keydown'])document.addEventListener(type,whole);
words.addEventListener('input',search);document.getElementById('open').addEventListener('click',openAll);addEventListener('beforeprint',openAll);
`;
