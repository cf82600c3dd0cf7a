import gzip,json,re,sys,os
R='../shared/corpus/'
for c in ['cjk','fundus','readability','seeds','text-dev','trafilatura','wcxb']:
    out=open('tools/train/out/meta/'+c+'.bin','wb')
    for l in open(R+c+'/truth.jsonl'):
        t=json.loads(l); p=R+c+'/pages/'+t['id']
        flat=os.path.exists(p+'.txt.gz')
        b=gzip.open(p+('.txt.gz' if flat else '.html.gz')).read()
        if flat: s=b.decode('utf8','replace')
        else:
            s=None
            m=re.search(rb'charset=["\']?([\w-]+)',b[:4096])
            for enc in ['utf8',m and m.group(1).decode(),'gb18030','cp949','cp1252']:
                if not enc: continue
                try: s=b.decode({'gb2312':'gb18030','gbk':'gb18030','euc-kr':'cp949','iso-8859-1':'cp1252'}.get(enc.lower(),enc)); break
                except Exception: pass
            if s is None: s=b.decode('utf8','replace')
        s=s.encode('utf8','replace')
        k='flat' if flat else 'html'
        out.write(f"{t['id']}\t{t.get('url') or ''}\t{k}\t{len(s)}\n".encode()); out.write(s)
