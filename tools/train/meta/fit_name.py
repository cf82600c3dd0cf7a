import json,sys,collections,numpy as np
sys.path.insert(0,'../shared/eval'); sys.path.insert(0,'tools/train/meta'); import score
from fit_title import site,CORP,R
def load():
    pages=[];names=None
    for c in CORP:
        truth={}
        for l in open(R+c+'/truth.jsonl'):
            t=json.loads(l); truth[t['id']]=t
        for l in open('tools/train/out/meta/'+c+'.out'):
            o=json.loads(l)
            if 'name_signals' in o: names=o['name_signals']; continue
            t=truth[o['id']]
            if 'authors' not in t: continue
            ts=score.norm_names(t['authors'])
            cand=o['names']; k=[score.norm_names([x[0]]) for x in cand]
            adm=names.index('barred')
            y=[bool(a&ts) for a in k]
            pages.append(dict(c=c,id=t['id'],site=site(c,t),cand=cand,none=o['nobody'],k=k,y=y,ts=ts,t=t,type=t.get('page_type'),fl=t.get('flattener')))
    return names,pages
def main():
    names,pages=load(); F=len(names); adm=names.index('barred')
    l2=float(sys.argv[1]); 
    rows=[];off=[0];Y=[]
    for p in pages:
        for x,y in zip(p['cand'],p['y']): rows.append(x[2]); Y.append(y)
        rows.append(p['none']); Y.append(not any(p['y']))   # nobody is the last row
        off.append(len(rows))
    off=np.array(off); X=np.zeros((len(rows),F))
    for i,r in enumerate(rows): X[i,r]=1
    Y=np.array(Y,bool); pid=np.repeat(np.arange(len(pages)),np.diff(off)); A=X[:,adm]>0
    W={'readability':.3,'cjk':3,'fundus':2,'seeds':3,'text-dev':.7}
    wp=np.array([W.get(p['c'],1.)*(1.5 if not p['ts'] else 1) for p in pages])
    rng=np.random.RandomState(0); sites=sorted({p['site'] for p in pages}); fold=dict(zip(sites,rng.randint(0,5,len(sites))))
    f=np.array([fold[p['site']] for p in pages])
    def train(keep,iters):
        sel=keep[pid]&~A; Xs=X[sel];Ys=Y[sel]; up,pi=np.unique(pid[sel],return_inverse=True); n=len(up); w=wp[up]
        any_=np.zeros(n,bool); np.logical_or.at(any_,pi,Ys)
        b=np.zeros(F);m=np.zeros(F);v=np.zeros(F)
        for it in range(iters):
            s=Xs@b; e=np.exp(np.clip(s,-30,30)); Z=np.bincount(pi,e,n); p=e/Z[pi]
            eg=np.where(Ys,e,0); Zg=np.bincount(pi,eg,n); q=np.where(any_[pi],eg/np.maximum(Zg[pi],1e-30),p)
            g=Xs.T@((p-q)*w[pi])/w.sum()+l2*b/n
            m=.9*m+.1*g; v=.99*v+.01*g*g; lr=.08 if it<iters*.7 else .02
            b-=lr*(m/(1-.9**(it+1)))/(np.sqrt(v/(1-.99**(it+1)))+1e-8)
        return b
    S=np.zeros(len(rows))
    for k in range(5):
        b=train(f!=k,250); sel=f[pid]==k; S[sel]=X[sel]@b
    S[A]=-99
    ex=names.index('is.name_and_more'); hp=names.index('organization_beside_person')
    def pick(i,t,bs,bl=.01):
        s=S[off[i]:off[i+1]]; e=np.exp(s-s.max()); p=e/e.sum(); c=p[:-1]
        if len(c)==0 or c.sum()<t: return [],1-c.sum(),p
        k=int(np.argmax(c)); C=pages[i]['cand']; L=set(C[k][3])
        def comp(j):
            if j==k: return True
            sg=C[j][2]
            if adm in sg or ex in sg or hp in sg: return False
            if 0 in L and 0 in C[j][3]: return c[j]>=bl*c[k]
            return c[j]>=bs*c[k] and bool(L&set(C[j][3]))
        ch=[j for j in range(len(c)) if comp(j)]
        return ch,c[ch].sum(),p
    def pred(p,ch): return set().union(*[p['k'][q] for q in ch]) if ch else set()
    for t,bs,bl in [(.3,.1,.01),(.3,.1,.1),(.3,.1,.001),(.3,.3,.01),(.3,.03,.01),(.25,.1,.01),(.4,.1,.01)]:
        st=collections.defaultdict(list)
        for i,p in enumerate(pages): st[p['c']].append(score.set_prf(pred(p,pick(i,t,bs,bl)[0]),p['ts'])[2])
        print(t,bs,bl,{k:round(float(np.mean(v)),3) for k,v in st.items()})
    st=collections.defaultdict(list); err=open('tools/train/out/meta/name_err.txt','w'); rel=collections.defaultdict(list)
    for i,p in enumerate(pages):
        ch,cf,pr=pick(i,.3,.1); v=score.set_prf(pred(p,ch),p['ts'])[2]; rel[min(9,int(cf*10))].append(v)
        orc=score.set_prf(set().union(*[k for k,yy in zip(p['k'],p['y']) if yy]) if any(p['y']) else set(),p['ts'])[2]
        for key in [p['c']]+(['wcxb:'+p['type']] if p['c']=='wcxb' else [])+(['td:'+p['fl']] if p['fl'] else [])+([p['c']+':none'] if not p['ts'] else []): st[key].append((v,orc))
        if v<1:
            err.write(f"{p['c']} {p['id']} {p['type'] or ''} {p['fl'] or ''} f1={v:.2f} oracle={orc:.2f} want {p['t']['authors']} none={pr[-1]:.2f} {(p['t'].get('url') or '')[:70]}\n")
            for j in sorted(range(len(pr)-1),key=lambda j:-pr[j])[:4]:
                err.write(f"     {'*' if j in ch else ' '}{'Y' if p['y'][j] else ' '} {pr[j]:.2f} {p['cand'][j][0]!r} {[names[s] for s in p['cand'][j][2]]}\n")
    for k in sorted(st): a=np.array(st[k]); print(f"{k:24} n {len(a):4} f1 {a[:,0].mean():.3f} oracle {a[:,1].mean():.3f}")
    print('reliability',{k:(len(v),round(float(np.mean(v)),2)) for k,v in sorted(rel.items())})
    b=train(np.ones(len(pages),bool),400)
    with open('tools/train/out/meta/name.txt','w') as o:
        for n,x in zip(names,b): o.write(f"{n} {x:.3f}\n")
main()
