import { build } from "esbuild"
import { readFileSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
const b = await build({entryPoints:["/work/main/src/syntax/file.ts"],bundle:true,format:"esm",platform:"node",outfile:"/tmp/file-bundle.mjs"})
const {parseFile} = await import("/tmp/file-bundle.mjs")
const paths=[]; const find=(f)=>{for(const e of readdirSync(f,{withFileTypes:true})){const p=join(f,e.name); if(e.isDirectory()) find(p); else if(e.name.endsWith(".py")) paths.push(p)}}
find("/usr/lib/python3/dist-packages/torch")
const texts=paths.map(p=>readFileSync(p,"utf8")); const mb=paths.reduce((a,p)=>a+readFileSync(p).length,0)/1e6
for (let r=0;r<12;r++){ const c=process.cpuUsage(); const t=performance.now(); for(const text of texts) parseFile({name:"",text}); const u=process.cpuUsage(c); console.log(texts.length, mb.toFixed(1)+" MB", (mb/((u.user+u.system)/1e6)).toFixed(1)+" MB/s cpu", (mb/((performance.now()-t)/1e3)).toFixed(1)+" MB/s wall") }
