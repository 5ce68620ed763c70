// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.*;
import org.polias.simulate.api.*;
import org.polias.simulate.internal.ground.*;

final class Proto {
    final PreparedGround ground; final Cells cells; final Movement movement; People now, then; int n; int[] order; boolean[] open; int step;
    final Movement.Scratch[] scratch; float dt = Model.p("dt", 0.2); double time; int out; List<Double> passes = new ArrayList<>(); Line count;
    static Workers workers = Workers.SEQUENTIAL;
    Proto(PreparedGround g, int n) { ground = g; cells = new Cells(g.terrain().surfaces()); movement = new Movement(g, cells); this.n = n; now = new People(n); then = new People(n); order = new int[n]; open = g.openAt(0); scratch = new Movement.Scratch[n/512+1]; for (int i=0;i<scratch.length;i++) scratch[i]=new Movement.Scratch(); }
    void sortIn() { for (int i=0;i<n;i++){ now.nextX[i]=now.x[i]; now.nextY[i]=now.y[i]; now.nextState[i]=now.state[i]; now.nextRemaining[i]=now.remaining[i]; now.nextSurface[i]=now.surface[i]; now.nextCell[i]= now.state[i]==0?cells.count():cells.cell(now.surface[i], now.x[i], now.y[i]); } swap(); }
    void swap() { cells.sort(now.nextCell, n, order); int tasks=(n+511)/512; workers.forEach(tasks, t-> then.take(now, order, t*512, Math.min(n,t*512+512))); People h=now; now=then; then=h; }
    void step() {
        int tasks=(n+511)/512; People p=now;
        workers.forEach(tasks, t-> movement.advance(p, ground.fields(), open, dt, step, t*512, Math.min(n,t*512+512), scratch[t]));
        for (int i=0;i<n;i++) if (p.state[i]!=0) {
            if (count!=null && count.crossing(p.x[i],p.y[i],p.nextX[i],p.nextY[i])!=0) { passes.add(time + dt*(i%97)/97.0); }
            if (p.nextRemaining[i] < 0.3) { p.nextState[i]=0; p.nextCell[i]=cells.count(); out++; }
        }
        swap(); step++; time+=dt;
    }
    void fill(Random r, double x0,double y0,double x1,double y1,int from,int number,float speed,float sd, double rmin, double rmax) {
        // jittered hexagonal
        double area=(x1-x0)*(y1-y0); double a=Math.sqrt(area/number); int cols=Math.max(1,(int)Math.round((x1-x0)/a)); int rows=(number+cols-1)/cols;
        for (int k=0;k<number;k++){ int i=from+k; int c=k%cols, rr=k/cols; double dx=(x1-x0)/cols, dy=(y1-y0)/rows;
            now.x[i]=(float)(x0+(c+0.5+(r.nextDouble()-0.5)*0.6)*dx); now.y[i]=(float)(y0+(rr+0.5+(r.nextDouble()-0.5)*0.6)*dy); now.radius[i]=(float)(rmin+(rmax-rmin)*r.nextDouble()); now.freeSpeed[i]=(float)Math.clamp(speed+sd*r.nextGaussian(),0.5,2.2); now.timeGap[i]=1; now.state[i]=2; now.person[i]=i; now.field[i]=0; now.remaining[i]=1e6f; }
    }
    static double bottleneck(double b, int number, double v0, double sd, double corridor, int seed, boolean verbose) {
        Scene scene = Scene.of("b", Level.of("g", Area.rectangle(-40,-corridor/2,20,corridor/2), Area.rectangle(20,-b/2,20.4,b/2), Area.rectangle(20.4,-15,30,15))).with(Exit.of("e","g",Segment.of(30,-15,30,15)));
        PreparedGround g = new PreparedGround(scene, Settings.DEFAULT, Workers.SEQUENTIAL);
        Proto p = new Proto(g, number); p.count = new Line(20.2,-b/2,20.2,b/2);
        double depth = number/ (corridor*3.0); 
        p.fill(new Random(seed), 20-1-depth, -corridor/2+0.2, 19, corridor/2-0.2, 0, number, (float)v0,(float)sd,0.17,0.21); p.sortIn();
        while (p.out<number && p.time<number/b*2) p.step();
        int m=p.passes.size(); int i0=(int)(m*0.1), i1=(int)(m*0.9)-1;
        double flow = m<number*0.95 ? -m : (i1-i0)/(p.passes.get(i1)-p.passes.get(i0))/b;
        return flow;
    }
    static double hermes(double b, int seed) {
        int number=350;
        Scene scene = Scene.of("b", Level.of("g", Area.rectangle(-15,-10,0,10), Area.rectangle(0,-b/2,1,b/2), Area.rectangle(1,-15,10,15))).with(Exit.of("e","g",Segment.of(10,-15,10,15)));
        PreparedGround g = new PreparedGround(scene, Settings.DEFAULT, Workers.SEQUENTIAL);
        Proto p = new Proto(g, number); p.count = new Line(0.5,-b/2,0.5,b/2);
        Random r = new Random(seed); double a=0.57735; List<double[]> spots=new ArrayList<>();
        for (double x=-8.6; x<-0.2; x+=a) for (double y=-8.6; y<8.6; y+=a) if (x*x+y*y<8.6*8.6) spots.add(new double[]{x+(r.nextDouble()-.5)*.2, y+(r.nextDouble()-.5)*.2, x*x+y*y});
        spots.sort(Comparator.comparingDouble(q->q[2])); number=Math.min(number,spots.size());
        for (int i=0;i<number;i++) { p.now.x[i]=(float)spots.get(i)[0]; p.now.y[i]=(float)spots.get(i)[1]; p.now.radius[i]=(float)(0.17+0.04*r.nextDouble()); p.now.freeSpeed[i]=(float)(1.55+0.18*r.nextGaussian()); p.now.state[i]=2; p.now.person[i]=i; p.now.remaining[i]=1e6f; }
        p.n=number; p.sortIn();
        double rho=0; int m=0; double[][] gd=new double[16][12], gv=new double[16][12];
        while (p.out<number && p.time<300) { p.step(); if (p.time>5 && p.time<15) { m++; for (int i=0;i<number;i++) if (p.now.state[i]!=0) { int gx=(int)Math.floor((p.now.x[i]+6)/0.5), gy=(int)Math.floor(p.now.y[i]+6); if (gx>=0&&gx<16&&gy>=0&&gy<12) { gd[gx][gy]++; gv[gx][gy]+=Math.hypot(p.now.vx[i],p.now.vy[i]); } } for (int i=0;i<number;i++) if (p.now.state[i]!=0 && p.now.x[i]>-2 && p.now.x[i]<0 && Math.abs(p.now.y[i])<1.4) rho++; } }
        if (Model.p("show",0)>0) for (int gx=0;gx<16;gx++) { System.out.printf("%n x %.1f:",-6+gx*.5); for (int gy=0;gy<12;gy++) System.out.printf(" %.1f/%.2f", gd[gx][gy]/m/.5, gv[gx][gy]/gd[gx][gy]); }
        int n=p.passes.size(); int i0=(int)(n*0.1), i1=(int)(n*0.9)-1; 
        return n<number*0.95?-n:(i1-i0)/(p.passes.get(i1)-p.passes.get(i0));
    }
    static void fd() {
        for (double rho : new double[]{0.35,0.55,0.95,1.35,1.65,1.95,2.25,2.55,3.05,3.55,4.05,4.55,5.05}) {
            double L=160, W=4; int number=(int)(rho*L*W);
            Scene scene = Scene.of("c", Level.of("g", Area.rectangle(0,0,L,W))).with(Exit.of("e","g",Segment.of(L,0,L,W)));
            Proto p = new Proto(new PreparedGround(scene, Settings.DEFAULT, Workers.SEQUENTIAL), number);
            p.fill(new Random(3),0,0.15,L,W-0.15,0,number,(float)Model.p("v0",1.4),0.2f,0.17,0.21); p.sortIn();
            double sv=0, sn=0, ss=0; int samples=0;
            while (p.time<40) { p.step(); if (p.time>15) { samples++; for (int i=0;i<number;i++) if (p.now.state[i]!=0 && p.now.x[i]>60 && p.now.x[i]<80) { sn++; sv+=p.now.vx[i]; ss+=p.now.vx[i]*p.now.vx[i]; } } }
            double rm=sn/samples/(20*W), vm=sv/sn; double[] en=envelope(rm); System.out.printf("(%.2f:%.2f J%.2f%s) ", rm, vm, rm*vm, vm<en[0]?"LOW":vm>en[2]?"HIGH":"");
        }
    }
    static double fdSpeed(double rho, double v0, double[] measured) {
            double L=110, W=4; int number=(int)(rho*L*W);
            Scene scene = Scene.of("c", Level.of("g", Area.rectangle(0,0,L,W))).with(Exit.of("e","g",Segment.of(L,0,L,W)));
            Proto p = new Proto(new PreparedGround(scene, Settings.DEFAULT, Workers.SEQUENTIAL), number);
            p.fill(new Random(3),0,0.15,L,W-0.15,0,number,(float)v0,0.2f,0.17,0.21); p.sortIn();
            double sv=0, sn=0; int samples=0;
            while (p.time<26) { p.step(); if (p.time>10) { samples++; for (int i=0;i<number;i++) if (p.now.state[i]!=0 && p.now.x[i]>45 && p.now.x[i]<65) { sn++; sv+=p.now.vx[i]; } } }
            measured[0]=sn/samples/(20*W); return sv/sn;
    }
    static String detail;
    static double pen(double got, double lo, double hi, double scale) { double m=(lo+hi)/2, h=(hi-lo)/2; double u=Math.abs(got-m)/h; return 0.05*u*u + (u>0.8 ? 4*(u-0.8)*(u-0.8) : 0) + (u>1? 1*(u-1):0); }
    static double score() {
        double cost=0; StringBuilder sb=new StringBuilder();
        for (double rho : new double[]{0.95,1.35,1.65,2.05,2.3,2.6,3.1,3.5,4.05,4.6}) { double[] m=new double[1]; double v=fdSpeed(rho,1.45,m); double[] e=envelope(m[0]); cost+=pen(v,Math.max(0,e[0]),e[2],1); sb.append(String.format("(%.2f:%.2f%s) ",m[0],v,v>e[2]?"H":v<e[0]?"L":"")); }
        double[] bs={0.5,0.8,1.0,1.2,1.8,2.4};
        for (double b : bs) { double f=(bottleneck(b,(int)(100*Math.max(1,b)),1.34,0.26,5,1,false)+bottleneck(b,(int)(100*Math.max(1,b)),1.34,0.26,5,2,false))/2; cost+=b<0.6?0.4*pen(f,1.7,2.9,1):2*pen(f,1.55,2.25,1); sb.append(String.format("b%.1f %.2f; ",b,f)); }
        double[] w={2.4,3.0,3.6,4.4,5.0}, j={6.06,7.16,8.95,10.89,13.73};
        for (int k=0;k<5;k++) { double f=(hermes(w[k],1)+hermes(w[k],2))/2; cost+=2*pen(f/j[k]-1,-0.1,0.1,1); sb.append(String.format("J%.1f %.0f%%; ",w[k],100*(f/j[k]-1))); }
        detail=sb.toString(); return cost;
    }
    static void search(int minutes, long seed) throws Exception {
        String[] names={"TIME_GAP_NEAR_S","TIME_GAP_FAR_S","FAR_OFFSET_M","SPACING","LATERAL_SLOPE","WALL","CONTACT","GAIN","BRAKE","LATERAL_S","CL0","CL1","GAIN_WALL","ROUND","WIDTH","TURN1","TURN2"};
        double[] sd={0.05,0.08,0.04,0.04,1.5,0.06,0.03,0.06,0.06,0.06,0.04,0.08,0.06,0.12,0.06,4,5};
        double[] lo={0.2,0.4,0,0.6,2,0.7,0.7,0,0,0,0.1,0.3,0,0,0.8,10,30}, hi={1.2,1.6,0.4,1.3,20,1.3,1.0,0.95,0.9,1,0.35,1.2,0.95,1,1.6,35,75};
        Random r=new Random(seed); int n=names.length; double[] best=new double[n]; var fields=new java.lang.reflect.Field[n];
        for (int i=0;i<n;i++) { fields[i]=Model.class.getDeclaredField(names[i]); fields[i].setAccessible(true); best[i]=fields[i].getFloat(null); }
        double c=score(); System.out.printf("%.2f %s%n",c,detail); double sigma=1; long end=System.nanoTime()+minutes*60_000_000_000L;
        while (System.nanoTime()<end) { double[] x=best.clone(); for (int i=0;i<n;i++) if (r.nextDouble()<0.35) x[i]=Math.clamp(x[i]+sigma*sd[i]*r.nextGaussian(),lo[i],hi[i]); for (int i=0;i<n;i++) fields[i].setFloat(null,(float)x[i]); double s=score(); if (s<c) { c=s; best=x; sigma=Math.min(2,sigma*1.3); System.out.printf("%.2f %s%n   ",c,detail); for (int i=0;i<n;i++) System.out.printf("%s=%.3f ",names[i],x[i]); System.out.println(); } else sigma=Math.max(0.25,sigma*0.93); }
    }
    static double[] envelope(double rho) { try { var lines=java.nio.file.Files.readAllLines(java.nio.file.Path.of("/work/shared/data/crowd/juelich_fd_binned.csv")); double best=9; double[] e=null; for (String l: lines.subList(1,lines.size())) { String[] f=l.split(","); if (Integer.parseInt(f[1])<50) continue; double d=Math.abs(Double.parseDouble(f[0])-rho); if (d<best) { best=d; e=new double[]{Double.parseDouble(f[4]),Double.parseDouble(f[5]),Double.parseDouble(f[6])}; } } return e; } catch (Exception x) { throw new RuntimeException(x); } }
    static void speed(int number) {
        Scene scene = district(number);
        long t0=System.nanoTime(); PreparedGround g = new PreparedGround(scene, Settings.DEFAULT, workers); System.out.printf("prepared %.2f s, nodes %d cell %.2f%n",(System.nanoTime()-t0)/1e9,g.lattice().count(),g.lattice().cell_m());
        Proto p = new Proto(g, number); p.fill(new Random(1),-59,-44,59,44,0,number,1.34f,0.26f,0.17,0.21); for (int i=0;i<number;i++) { int best=0; float bd=1e9f; int node=g.lattice().node(0,p.now.x[i],p.now.y[i]); for (int e=0;e<g.fields().size();e++) { float d=g.fields().get(e).distance()[node]; if (d<bd){bd=d;best=e;} } p.now.field[i]=best; } p.sortIn();
        long t=System.nanoTime(); double agentSeconds=0; int last=0;
        while (p.out<number && p.time<1500) { p.step(); agentSeconds+=(number-p.out)*p.dt; if ((int)p.time/60!=last) { last=(int)p.time/60; System.out.printf("t %.0f out %d wall %.2f agent-s/s %.0f%n", p.time,p.out,(System.nanoTime()-t)/1e9, agentSeconds/((System.nanoTime()-t)/1e9)); } }
        double w=(System.nanoTime()-t)/1e9; System.out.printf("done t %.0f wall %.2f rt %.1f agent-s/s %.0f; N x t / wall %.0f%n", p.time, w, p.time/w, agentSeconds/w, number*p.time/w);
    }
    static Scene district(int number) {
        // hall 120x90 with eight 4 m doors; ring street; blocks
        double s=370/2.0; List<Area> obstacles=new ArrayList<>();
        List<Segment> wl=new ArrayList<>();
        double hx=60,hy=45; double[] dxs={-30,30};
        // hall walls with doors: two on each side
        for (int side=-1; side<=1; side+=2) { double y=side*hy; wl.add(Segment.of(-hx,y,-32,y)); wl.add(Segment.of(-28,y,28,y)); wl.add(Segment.of(32,y,hx,y)); double x=side*hx; wl.add(Segment.of(x,-hy,x,-22)); wl.add(Segment.of(x,-18,x,18)); wl.add(Segment.of(x,22,x,hy)); }
        // street grid: centre lines x at +-65 (ring), +-125, +-180 ; blocks between
        double[] cx={-180,-122.5,-65,65,122.5,180}; 
        double[] cy={-180,-115,-50,50,115,180};
        for (int i=0;i+1<cx.length;i++) for (int j=0;j+1<cy.length;j++) { double x0=cx[i]+5,x1=cx[i+1]-5,y0=cy[j]+5,y1=cy[j+1]-5; if (i==2&&j==2) continue; if (i==2) { obstacles.add(Area.rectangle(x0,y0,-5,y1)); obstacles.add(Area.rectangle(5,y0,x1,y1)); } else if (j==2) { obstacles.add(Area.rectangle(x0,y0,x1,-5)); obstacles.add(Area.rectangle(x0,5,x1,y1)); } else obstacles.add(Area.rectangle(x0,y0,x1,y1)); }
        Scene scene=Scene.of("district", Level.of("g",Area.rectangle(-s,-s,s,s)).withObstacles(obstacles.toArray(Area[]::new)).withWalls(wl.toArray(Segment[]::new)));
        int e=0; for (double c: new double[]{-122.5,0,122.5}) { scene=scene.with(Exit.of("n"+e,"g",Segment.of(c-5,s,c+5,s)), Exit.of("s"+e,"g",Segment.of(c-5,-s,c+5,-s))); e++; }
        for (double c: new double[]{-115,0,115}) { scene=scene.with(Exit.of("w"+e,"g",Segment.of(-s,c-5,-s,c+5)), Exit.of("e"+e,"g",Segment.of(s,c-5,s,c+5))); e++; }
        return scene;
    }
    public static void main(String[] a) throws Exception {
        if (a[0].equals("search")) { search(Integer.parseInt(a[1]),Long.parseLong(a[2])); return; } if (a[0].equals("score")) { System.out.printf("%.2f %s%n",score(),detail); return; }
        if (a[0].equals("speed")) { if (a.length>2) { var pool=java.util.concurrent.Executors.newFixedThreadPool(2); workers=(tasks,task)->{ var fs=new ArrayList<java.util.concurrent.Future<?>>(); java.util.concurrent.atomic.AtomicInteger k=new java.util.concurrent.atomic.AtomicInteger(); Runnable r=()->{ int t; while((t=k.getAndIncrement())<tasks) task.accept(t); }; var f=pool.submit(r); r.run(); try { f.get(); } catch(Exception x) { throw new RuntimeException(x);} }; } speed(Integer.parseInt(a[1])); System.exit(0); }
        if (a[0].equals("fd")) fd();
        if (a[0].equals("h")) System.out.println(hermes(Double.parseDouble(a[1]),1));
        if (a[0].equals("bn") || a[0].equals("all")) {
            if (a[0].equals("all")) fd();
            int seeds=(int)Model.p("seeds",3);
            for (double b : new double[]{0.5,0.8,1.0,1.2,1.8,2.4}) { StringBuilder sb=new StringBuilder(); for (int s=1;s<=seeds;s++) sb.append(String.format(" %.2f", bottleneck(b,(int)(120*Math.max(1,b)),1.34,0.26,5,s,false))); System.out.print("b "+b+":"+sb+"; "); }
            double[] w={2.4,3.0,3.6,4.4,5.0}, j={6.06,7.16,8.95,10.89,13.73};
            for (int k=0;k<5;k++) { double f=0; for (int q=1;q<=seeds;q++) f+=hermes(w[k],q)/seeds; System.out.printf("J%.1f: %.2f %.0f%%; ", w[k], f, 100*(f/j[k]-1)); }
        }
    }
}
