import json,sys,re,collections,numpy as np
sys.path.insert(0,'../shared/eval'); import score
from urllib.parse import urlparse
R='../shared/corpus/'
CORP=['cjk','fundus','readability','seeds','text-dev','trafilatura','wcxb']
def site(c,t):
    if t.get('publisher'): return t['publisher']
    u=t.get('url')
    if u:
        h=urlparse(u).netloc.split('.')
        return '.'.join(h[-3:] if len(h)>2 and len(h[-2])<=3 else h[-2:])
    return t['id'].split('-')[1] if c=='cjk' else c+t['id']
def load():
    pages=[];names=None
    for c in CORP:
        truth={}
        for l in open(R+c+'/truth.jsonl'):
            t=json.loads(l); truth[t['id']]=t
        for l in open('tools/train/out/meta/'+c+'.out'):
            o=json.loads(l)
            if 'title_signals' in o: names=o['title_signals']; continue
            t=truth[o['id']]
            if 'title' not in t: continue
            ts={score.norm_title(x) for x in [t['title']]+t.get('title_alt',[])}
            cand=o['titles']
            y=[score.norm_title(x[0]) in ts for x in cand]
            pages.append(dict(c=c,id=t['id'],site=site(c,t),cand=cand,y=y,t=t,type=t.get('page_type'),fl=t.get('flattener')))
    return names,pages
def design(pages,F):
    # flatten
    rows=[];off=[0]
    for p in pages:
        for x in p['cand']: rows.append(x[2])
        off.append(len(rows))
    X=np.zeros((len(rows),F),np.float32)
    for i,r in enumerate(rows): X[i,r]=1
    Y=np.array([v for p in pages for v in p['y']],bool)
    return X,Y,np.array(off)
def fit(X,Y,off,idx,w_page,l2=1.0,iters=400,w0=None):
    # conditional logit with null; LBFGS-lite via Adam
    F=X.shape[1]; w=np.zeros(F) if w0 is None else w0.copy()
    sel=np.concatenate([np.arange(off[i],off[i+1]) for i in idx]).astype(int)
    pid=np.concatenate([np.full(off[i+1]-off[i],k) for k,i in enumerate(idx)]).astype(int)
    Xs=X[sel].astype(np.float64);Ys=Y[sel];n=len(idx); wp=w_page[idx]
    any_=np.zeros(n,bool); np.logical_or.at(any_,pid,Ys)
    m=np.zeros(F);v=np.zeros(F)
    for it in range(iters):
        s=Xs@w; 
        e=np.exp(np.clip(s,-30,30)); Z=np.bincount(pid,e,n)+1
        p=e/Z[pid]
        eg=np.where(Ys,e,0); Zg=np.bincount(pid,eg,n); 
        q=np.where(any_[pid],eg/np.maximum(Zg[pid],1e-30),0)
        g=Xs.T@((p-q)*wp[pid])/wp.sum()+l2*w/n
        m=.9*m+.1*g; v=.99*v+.01*g*g
        lr=.1 if it<iters*.6 else .03
        w-=lr*(m/(1-.9**(it+1)))/(np.sqrt(v/(1-.99**(it+1)))+1e-8)
    return w
def predict(X,off,i,w):
    s=X[off[i]:off[i+1]]@w
    if len(s)==0: return None,0
    k=int(np.argmax(s)); e=np.exp(s-s[k]); return k,1/(e.sum()+np.exp(-s[k]))
def main():
    names,pages=load(); F=len(names)
    X,Y,off=design(pages,F)
    W={'readability':.5,'cjk':3,'fundus':2,'seeds':2}
    wp=np.array([W.get(p['c'],1.0) for p in pages])
    rng=np.random.RandomState(0); sites=sorted({p['site'] for p in pages}); fold=dict(zip(sites,rng.randint(0,5,len(sites))))
    f=np.array([fold[p['site']] for p in pages])
    res=[None]*len(pages)
    l2=float(sys.argv[1]) if len(sys.argv)>1 else 1.0
    for k in range(5):
        w=fit(X,Y,off,np.where(f!=k)[0],wp,l2,250)
        for i in np.where(f==k)[0]:
            j,p=predict(X,off,i,w); res[i]=(j,p,j is not None and pages[i]['y'][j])
    stat=collections.defaultdict(list)
    for p,r in zip(pages,res):
        for key in [p['c']]+(['wcxb:'+p['type']] if p['c']=='wcxb' else [])+(['td:'+p['fl']] if p['fl'] else []):
            stat[key].append((r[2],any(p['y']),r[1]))
    for k in sorted(stat):
        a=np.array(stat[k],float); print(f"{k:24} n {len(a):5} top {a[:,0].mean():.3f} oracle {a[:,1].mean():.3f} conf {a[:,2].mean():.3f}")
    rel=collections.defaultdict(list)
    for r in res: rel[int(r[1]*10)].append(r[2])
    print('reliability',{k:(len(v),round(float(np.mean(v)),2)) for k,v in sorted(rel.items())})
    w=fit(X,Y,off,np.arange(len(pages)),wp,l2,400)
    with open(sys.argv[2] if len(sys.argv)>2 else 'tools/train/out/meta/title.txt','w') as o:
        for n,x in zip(names,w): o.write(f"{n} {x:.3f}\n")
    with open('tools/train/out/meta/title_err.txt','w') as o:
        for p,r in zip(pages,res):
            if not r[2]:
                o.write(f"{p['c']} {p['id']} {p['type'] or ''} {p['fl'] or ''} p={r[1]:.2f} {'NOCAND' if not any(p['y']) else ''}\n   want {p['t']['title']}\n   got  {p['cand'][r[0]][0] if r[0] is not None else None}  {[names[i] for i in p['cand'][r[0]][2]] if r[0] is not None else ''}\n")
                for x,y in zip(p['cand'],p['y']):
                    if y: o.write(f"   have {x[0]}  {[names[i] for i in x[2]]}\n")
if __name__=='__main__': main()
