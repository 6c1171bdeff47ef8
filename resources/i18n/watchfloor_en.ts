<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>ActionBar</name>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Less</translation>
    </message>
    <message>
        <source>更多 {count}</source>
        <translation>{count} more</translation>
    </message>
    <message>
        <source>更多操作</source>
        <translation>More actions</translation>
    </message>
    <message>
        <source>{label}：{reason}</source>
        <translation>{label}: {reason}</translation>
    </message>
</context>
<context>
    <name>ActionButton</name>
    <message>
        <source>{label}，不可用</source>
        <translation>{label}, not available</translation>
    </message>
</context>
<context>
    <name>ActionForm</name>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Ctrl+Enter 提交 · Esc 取消</source>
        <translation>Ctrl+Enter to submit · Esc to cancel</translation>
    </message>
    <message>
        <source>Enter 选定 · Esc 取消</source>
        <translation>Enter to choose · Esc to cancel</translation>
    </message>
    <message>
        <source>请填写：{label}</source>
        <translation>Please fill in: {label}</translation>
    </message>
    <message>
        <source>最多 {count} 字，其余未保留</source>
        <translation>At most {count} characters; the rest was not kept</translation>
    </message>
</context>
<context>
    <name>AlarmBar</name>
    <message>
        <source>报警画面</source>
        <translation>Alarm view</translation>
    </message>
    <message>
        <source>报警画面记录</source>
        <translation>Alarm view history</translation>
    </message>
    <message>
        <source>另 {count} 条在墙上</source>
        <translation>{count} more on the wall</translation>
    </message>
</context>
<context>
    <name>AlarmChip</name>
    <message>
        <source>确认</source>
        <translation>Acknowledge</translation>
    </message>
    <message>
        <source>确认：{title}</source>
        <translation>Acknowledge: {title}</translation>
    </message>
</context>
<context>
    <name>AlarmViewsPresenter</name>
    <message>
        <source>报警画面显示中，确认后恢复</source>
        <translation>Alarm view shown; comes back once acknowledged</translation>
    </message>
</context>
<context>
    <name>Alarms</name>
    <message>
        <source>还有 {count} 条</source>
        <translation>{count} more</translation>
    </message>
    <message>
        <source>报警</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>上墙</source>
        <translation>On the wall</translation>
    </message>
    <message>
        <source>重复 {times} 次</source>
        <translation>repeated: {times}</translation>
    </message>
    <message>
        <source>附近没有可看的摄像机</source>
        <translation>No working camera near by</translation>
    </message>
    <message>
        <source>让位给更紧急的，等待</source>
        <translation>Gave way to a graver one, waiting</translation>
    </message>
    <message>
        <source>排队过长，未上墙</source>
        <translation>Queue too long, never shown</translation>
    </message>
    <message>
        <source>已确认或结束</source>
        <translation>Acknowledged or over</translation>
    </message>
    <message>
        <source>确认报警，还回窗格</source>
        <translation>Acknowledge the alarm, give the pane back</translation>
    </message>
    <message>
        <source>查看报警对象</source>
        <translation>Go to what the alarm is about</translation>
    </message>
    <message>
        <source>还没有报警上过墙</source>
        <translation>No alarm has been on the wall yet</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>按角色接收（{roles}）</source>
        <translation>By role ({roles})</translation>
    </message>
    <message>
        <source>本席不上墙</source>
        <translation>None at this seat</translation>
    </message>
    <message>
        <source>本席自定：</source>
        <translation>Set for this seat: </translation>
    </message>
    <message>
        <source>预警</source>
        <translation>alerts</translation>
    </message>
    <message>
        <source>事件</source>
        <translation>incidents</translation>
    </message>
    <message>
        <source>工单</source>
        <translation>orders</translation>
    </message>
    <message>
        <source>{kind}：{taken}</source>
        <translation>{kind}: {taken}</translation>
    </message>
    <message>
        <source>不接收</source>
        <translation>none</translation>
    </message>
    <message>
        <source>窗格 {panes}</source>
        <translation>Pane {panes}</translation>
    </message>
    <message>
        <source>墙已锁定，未占窗格</source>
        <translation>Wall locked, no pane taken</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>报警画面：{what}，{detail}</source>
        <translation>Alarm view: {what}, {detail}</translation>
    </message>
</context>
<context>
    <name>AlertStrip</name>
    <message>
        <source>预警条</source>
        <translation>Alert strip</translation>
    </message>
    <message>
        <source>没有未确认的预警</source>
        <translation>No unacknowledged alerts</translation>
    </message>
    <message>
        <source>Ctrl+空格确认</source>
        <translation>Ctrl+Space acknowledges</translation>
    </message>
</context>
<context>
    <name>AlertsPresenter</name>
    <message>
        <source>{count} 条未确认</source>
        <translation>{count} unacknowledged</translation>
    </message>
    <message>
        <source>盲源</source>
        <translation>Blind</translation>
    </message>
    <message>
        <source>已恢复</source>
        <translation>Recovered</translation>
    </message>
    <message>
        <source>{level}色预警，{text}，已 {age}</source>
        <translation>{level} alert, {text}, for {age}</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>演练中心正在布置街区。</source>
        <translation>The drill centre is laying out its district.</translation>
    </message>
    <message>
        <source>正在打开本地数据。</source>
        <translation>Opening the local data.</translation>
    </message>
    <message>
        <source>正在启动</source>
        <translation>Starting</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>本地数据是加密的。请设置或输入口令短语，用它保护密钥。</source>
        <translation>The local data is encrypted. Set or enter a passphrase to protect its key.</translation>
    </message>
</context>
<context>
    <name>AttentionPage</name>
    <message>
        <source>提醒</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>声音：按级别提示，直到有人确认</source>
        <translation>Sound: by severity, until somebody acknowledges</translation>
    </message>
    <message>
        <source>窗口边框闪烁（供听障值守员）</source>
        <translation>Flash the window&apos;s edge (for deaf officers)</translation>
    </message>
    <message>
        <source>桌面通知（内容已脱敏）</source>
        <translation>Desktop notifications (masked)</translation>
    </message>
    <message>
        <source>没有静音。静音到时自行结束，只停声音，画面提醒照常。</source>
        <translation>Not muted. A mute ends by itself and stops sounds only; the screen goes on telling.</translation>
    </message>
    <message>
        <source>Esc 关闭</source>
        <translation>Esc closes</translation>
    </message>
    <message>
        <source>静音</source>
        <translation>Mute</translation>
    </message>
    <message>
        <source>{count} 分钟</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>立即恢复</source>
        <translation>End now</translation>
    </message>
    <message>
        <source>静音 {words}</source>
        <translation>Mute {words}</translation>
    </message>
    <message>
        <source>试听</source>
        <translation>Listen</translation>
    </message>
    <message>
        <source>红</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>橙</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>黄</source>
        <translation>Yellow</translation>
    </message>
    <message>
        <source>试听{level}色</source>
        <translation>Listen: {level}</translation>
    </message>
</context>
<context>
    <name>AttentionPresenter</name>
    <message>
        <source>另有 {count} 条待处理</source>
        <translation>{count} more waiting</translation>
    </message>
    <message>
        <source>这台机器没有可用的声音设备，只有画面提醒。</source>
        <translation>This machine has no sound device; the screen alone will tell.</translation>
    </message>
    <message>
        <source>此桌面没有通知区，只在任务栏标记窗口。</source>
        <translation>This desktop has no notification area; only the task bar marks the window.</translation>
    </message>
    <message>
        <source>已静音，还有 {left}，到时自行恢复。</source>
        <translation>Muted for {left} more, ends by itself.</translation>
    </message>
    <message>
        <source>静音 {left}</source>
        <translation>Muted {left}</translation>
    </message>
    <message>
        <source>声音关</source>
        <translation>Sound off</translation>
    </message>
</context>
<context>
    <name>BulkPresenter</name>
    <message>
        <source>{count} 件都可以“{label}”。</source>
        <translation>All {count} can take &quot;{label}&quot;.</translation>
    </message>
    <message>
        <source>{all} 件中 {count} 件可以“{label}”，其余不会改动：</source>
        <translation>{count} of {all} can take &quot;{label}&quot;; the rest stay as they are:</translation>
    </message>
    <message>
        <source>{all} 件都不能“{label}”：</source>
        <translation>None of the {all} can take &quot;{label}&quot;:</translation>
    </message>
    <message>
        <source>… 另有 {count} 件</source>
        <translation>… {count} more</translation>
    </message>
    <message>
        <source>批量{label}</source>
        <translation>{label}, several orders</translation>
    </message>
    <message>
        <source>{count} 件：{reason}</source>
        <translation>{count}: {reason}</translation>
    </message>
    <message>
        <source>已不在本机，可能被中心收回。</source>
        <translation>No longer here; the centre may have taken it back.</translation>
    </message>
    <message>
        <source>{label} {count} 件</source>
        <translation>{label}: {count}</translation>
    </message>
    <message>
        <source>{count} 件由其牵头</source>
        <translation>leads {count} of them</translation>
    </message>
    <message>
        <source>请抓紧办理并反馈。</source>
        <translation>Please act soon and report back.</translation>
    </message>
    <message>
        <source>已保存 {done} / {total} 件</source>
        <translation>{done} of {total} saved</translation>
    </message>
    <message>
        <source>按您的要求停止，没有改动。</source>
        <translation>Stopped as you asked; unchanged.</translation>
    </message>
    <message>
        <source>“{label}”：已保存 {saved} 件，未保存 {unsaved} 件</source>
        <translation>&quot;{label}&quot;: {saved} saved, {unsaved} not saved</translation>
    </message>
    <message>
        <source>“{label}”：已保存 {saved} 件</source>
        <translation>&quot;{label}&quot;: {saved} saved</translation>
    </message>
    <message>
        <source>没有改动。</source>
        <translation>Nothing was changed.</translation>
    </message>
    <message>
        <source>已写入本机，随后送往中心；中心若不接受，会在待处理箱里说明。</source>
        <translation>Written down here, then sent to the centre; what it does not take, the tray explains.</translation>
    </message>
</context>
<context>
    <name>BulkSheet</name>
    <message>
        <source>批量操作</source>
        <translation>Several orders</translation>
    </message>
    <message>
        <source>将处理的工单</source>
        <translation>Orders to be changed</translation>
    </message>
    <message>
        <source>进度</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>Esc 取消</source>
        <translation>Esc cancels</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Esc 停止</source>
        <translation>Esc stops</translation>
    </message>
    <message>
        <source>Enter 关闭</source>
        <translation>Enter closes</translation>
    </message>
</context>
<context>
    <name>CameraList</name>
    <message>
        <source>摄像机</source>
        <translation>Cameras</translation>
    </message>
</context>
<context>
    <name>CameraRecord</name>
    <message>
        <source>画面记录…</source>
        <translation>Camera record…</translation>
    </message>
    <message>
        <source>生成故障工单…</source>
        <translation>Make a fault order…</translation>
    </message>
    <message>
        <source>本席观看期间</source>
        <translation>While watched here</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>近 {n} 天</source>
        <translation>Last {n} days</translation>
    </message>
    <message>
        <source>状态变化</source>
        <translation>Changes</translation>
    </message>
    <message>
        <source>画面记录</source>
        <translation>Camera record</translation>
    </message>
    <message>
        <source>只统计这路画面在本席墙上的时间；没有观看的时间不作判断。</source>
        <translation>Counts only the time on this seat&apos;s wall; nothing is said of the rest.</translation>
    </message>
    <message>
        <source>生成故障工单</source>
        <translation>Make a fault order</translation>
    </message>
    <message>
        <source>{number} 号摄像机{what}</source>
        <translation>Camera {number}: {what}</translation>
    </message>
    <message>
        <source>画面异常</source>
        <translation>picture at fault</translation>
    </message>
    <message>
        <source>国标编码 {code}</source>
        <translation>National code {code}</translation>
    </message>
    <message>
        <source>近 7 天：</source>
        <translation>Last 7 days: </translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>您的角色不能上报工单</source>
        <translation>Your role may not report orders</translation>
    </message>
    <message>
        <source>窗格里没有摄像机</source>
        <translation>No camera in this pane</translation>
    </message>
    <message>
        <source>拒绝播放</source>
        <translation>refused to play</translation>
    </message>
    <message>
        <source>无法播放</source>
        <translation>cannot be played</translation>
    </message>
    <message>
        <source>画面静止</source>
        <translation>Frozen</translation>
    </message>
    <message>
        <source>画面全黑</source>
        <translation>Black</translation>
    </message>
    <message>
        <source>本席所见：{what}，自 {since}</source>
        <translation>Seen at this seat: {what} since {since}</translation>
    </message>
    <message>
        <source>{seen}（{cause}）</source>
        <translation>{seen} ({cause})</translation>
    </message>
    <message>
        <source>中心记录：{what}，自 {since}</source>
        <translation>Record of the centre: {what} since {since}</translation>
    </message>
    <message>
        <source>自 {since}</source>
        <translation>since {since}</translation>
    </message>
    <message>
        <source>中心记录</source>
        <translation>Centre&apos;s record</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>Working</translation>
    </message>
    <message>
        <source>没有观看</source>
        <translation>Not watched</translation>
    </message>
    <message>
        <source>观看 {length}</source>
        <translation>watched {length}</translation>
    </message>
    <message>
        <source>静止 {length}</source>
        <translation>frozen {length}</translation>
    </message>
    <message>
        <source>全黑 {length}</source>
        <translation>black {length}</translation>
    </message>
    <message>
        <source>中断 {length}</source>
        <translation>down {length}</translation>
    </message>
    <message>
        <source>重连 {count} 次</source>
        <translation>{count} reconnects</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>恢复画面</source>
        <translation>Live again</translation>
    </message>
    <message>
        <source>画面停顿</source>
        <translation>Stalled</translation>
    </message>
    <message>
        <source>画面中断</source>
        <translation>Lost</translation>
    </message>
</context>
<context>
    <name>CameraTree</name>
    <message>
        <source>名称、编号、拼音首字母</source>
        <translation>Name, number, pinyin initials</translation>
    </message>
    <message>
        <source>搜索摄像机</source>
        <translation>Search cameras</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
</context>
<context>
    <name>Cameras</name>
    <message>
        <source>{count} 路</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source> · {count} 路不可用</source>
        <translation> · {count} not working</translation>
    </message>
    <message>
        <source>未划入居委</source>
        <translation>No neighbourhood</translation>
    </message>
    <message>
        <source>窗格 {number}</source>
        <translation>Pane {number}</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>working</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>离线</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>静止</source>
        <translation>frozen</translation>
    </message>
    <message>
        <source>全黑</source>
        <translation>black</translation>
    </message>
</context>
<context>
    <name>CardPage</name>
    <message>
        <source>进度</source>
        <translation>Progress</translation>
    </message>
</context>
<context>
    <name>ChoiceDelegate</name>
    <message>
        <source>建议</source>
        <translation>Suggested</translation>
    </message>
</context>
<context>
    <name>ChoiceField</name>
    <message>
        <source>输入名称或拼音首字母筛选</source>
        <translation>Filter by name or pinyin initials</translation>
    </message>
</context>
<context>
    <name>ChoiceModel</name>
    <message>
        <source>建议</source>
        <translation>Suggested</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>Clock</name>
    <message>
        <source>以中心给出的时限为准；剩余不足全长四分之一为临期，按中心时间计算。</source>
        <translation>The limit given by the centre counts. With less than a quarter left it is near; the centre&apos;s time is used.</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>跳过休息日 {count} 天：{days}</source>
        <translation>{count} days off skipped: {days}</translation>
    </message>
    <message>
        <source>延期：{before} → {until}，{reason}</source>
        <translation>Extended: {before} → {until}, {reason}</translation>
    </message>
    <message>
        <source>按此推算为 {expected}，中心另有调整（退回、核查不通过或重新处置会重新计时）</source>
        <translation>This leads to {expected}; the centre has adjusted it (a return, a failed verification or a reopening starts the time anew)</translation>
    </message>
    <message>
        <source>从 {start} 起 {length}，不分昼夜</source>
        <translation>{length} from {start}, around the clock</translation>
    </message>
    <message>
        <source>从 {start} 起 {days} 个工作日（{calendar}，{hours}）</source>
        <translation>{days} working days from {start} ({calendar}, {hours})</translation>
    </message>
    <message>
        <source>挂起暂停 {length}：{start} 至 {end}，{reason}</source>
        <translation>Paused for {length}: {start} to {end}, {reason}</translation>
    </message>
    <message>
        <source>现在</source>
        <translation>now</translation>
    </message>
</context>
<context>
    <name>ColumnHeader</name>
    <message>
        <source>列</source>
        <translation>Column</translation>
    </message>
</context>
<context>
    <name>CommandBar</name>
    <message>
        <source>命令</source>
        <translation>Commands</translation>
    </message>
    <message>
        <source>工单、摄像机、地点、人员或命令，拼音首字母亦可</source>
        <translation>Order, camera, place, person or command; pinyin initials work too</translation>
    </message>
    <message>
        <source>搜索或命令</source>
        <translation>Search or command</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>编号相近</source>
        <translation>Number alike</translation>
    </message>
    <message>
        <source>Enter：选中工单 {number}，地图和附近摄像机随之移动</source>
        <translation>Enter: select {number}; map and cameras follow</translation>
    </message>
    <message>
        <source>Enter：在地图上选中，并把画面调到视频墙</source>
        <translation>Enter: select on the map, picture to the wall</translation>
    </message>
    <message>
        <source>Enter：地图移到{name}</source>
        <translation>Enter: map to {name}</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>Enter：列出{unit}承办的在办工单</source>
        <translation>Enter: list open orders of {unit}</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>Officer</translation>
    </message>
    <message>
        <source>Enter：{title}</source>
        <translation>Enter: {title}</translation>
    </message>
    <message>
        <source>Enter：{number} {verb}</source>
        <translation>Enter: {verb} {number}</translation>
    </message>
    <message>
        <source>Enter：打开“{verb}”，{number}</source>
        <translation>Enter: open &quot;{verb}&quot;, {number}</translation>
    </message>
    <message>
        <source>{verb} → {choice}</source>
        <translation>{verb} → {choice}</translation>
    </message>
    <message>
        <source>Enter：{number} {words}</source>
        <translation>Enter: {number} {words}</translation>
    </message>
    <message>
        <source>{verb}：{text}</source>
        <translation>{verb}: {text}</translation>
    </message>
</context>
<context>
    <name>ComparedList</name>
    <message>
        <source>本单</source>
        <translation>This order</translation>
    </message>
    <message>
        <source>选中的工单</source>
        <translation>Marked order</translation>
    </message>
</context>
<context>
    <name>Compass</name>
    <message>
        <source>北</source>
        <translation>north</translation>
    </message>
    <message>
        <source>东北</source>
        <translation>north-east</translation>
    </message>
    <message>
        <source>东</source>
        <translation>east</translation>
    </message>
    <message>
        <source>东南</source>
        <translation>south-east</translation>
    </message>
    <message>
        <source>南</source>
        <translation>south</translation>
    </message>
    <message>
        <source>西南</source>
        <translation>south-west</translation>
    </message>
    <message>
        <source>西</source>
        <translation>west</translation>
    </message>
    <message>
        <source>西北</source>
        <translation>north-west</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>修改口令</source>
        <translation>Change password</translation>
    </message>
    <message>
        <source>去总览</source>
        <translation>Go to overview</translation>
    </message>
    <message>
        <source>去视频墙</source>
        <translation>Go to video wall</translation>
    </message>
    <message>
        <source>去工单</source>
        <translation>Go to orders</translation>
    </message>
    <message>
        <source>去地图</source>
        <translation>Go to map</translation>
    </message>
    <message>
        <source>上报新工单</source>
        <translation>Report a new order</translation>
    </message>
    <message>
        <source>打开待处理箱</source>
        <translation>Open the tray</translation>
    </message>
    <message>
        <source>请大屏显示所选</source>
        <translation>Show the selection on the big screen</translation>
    </message>
    <message>
        <source>导出列表或工单</source>
        <translation>Export list or order</translation>
    </message>
    <message>
        <source>打印列表或工单</source>
        <translation>Print list or order</translation>
    </message>
    <message>
        <source>提醒设置</source>
        <translation>Attention settings</translation>
    </message>
    <message>
        <source>静音 15 分钟</source>
        <translation>Mute for 15 minutes</translation>
    </message>
    <message>
        <source>立即恢复声音</source>
        <translation>Sound on again</translation>
    </message>
    <message>
        <source>立即重新连接</source>
        <translation>Reconnect now</translation>
    </message>
    <message>
        <source>快捷键表</source>
        <translation>Keyboard shortcuts</translation>
    </message>
    <message>
        <source>深色主题</source>
        <translation>Dark theme</translation>
    </message>
    <message>
        <source>浅色主题</source>
        <translation>Light theme</translation>
    </message>
    <message>
        <source>高对比主题</source>
        <translation>High-contrast theme</translation>
    </message>
    <message>
        <source>锁定席位</source>
        <translation>Lock the seat</translation>
    </message>
    <message>
        <source>退出登录</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>没有底图</source>
        <translation>No base map</translation>
    </message>
    <message>
        <source>底图文件读不出来；标记仍按坐标显示。</source>
        <translation>The base map cannot be read; markers still stand at their coordinates.</translation>
    </message>
</context>
<context>
    <name>DeskPage</name>
    <message>
        <source>总览</source>
        <translation>Overview</translation>
    </message>
    <message>
        <source>视频墙</source>
        <translation>Wall</translation>
    </message>
    <message>
        <source>工单</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
</context>
<context>
    <name>DetailPanel</name>
    <message>
        <source>工单详情</source>
        <translation>Order detail</translation>
    </message>
    <message>
        <source>经过</source>
        <translation>History</translation>
    </message>
    <message>
        <source>未选中工单</source>
        <translation>No order selected</translation>
    </message>
    <message>
        <source>在列表中用方向键或 J / K 选择</source>
        <translation>Choose one in the list with the arrow keys or J / K</translation>
    </message>
    <message>
        <source>中心收回了本席的权限，或删除了它，操作已关闭。已保存的操作仍会送达，由中心裁定。</source>
        <translation>The centre has withdrawn this seat&apos;s right to it, or deleted it, and its actions are closed. Saved actions are still delivered; the centre decides on them.</translation>
    </message>
    <message>
        <source>您写下的内容还在：可以复制；工单回到本席时，也在原处。</source>
        <translation>What you wrote is still there: you can copy it, and it is in its place when the order comes back.</translation>
    </message>
    <message>
        <source>复制写下的内容</source>
        <translation>Copy what was written</translation>
    </message>
    <message>
        <source>这张工单已不在本席</source>
        <translation>This order is no longer at this seat</translation>
    </message>
</context>
<context>
    <name>Dispatch</name>
    <message>
        <source>（{reason}）</source>
        <translation> ({reason})</translation>
    </message>
    <message>
        <source>相似的已办工单：</source>
        <translation>Past orders like it: </translation>
    </message>
    <message>
        <source>建议只供参考，不会自动派遣。</source>
        <translation>A suggestion only; nothing is dispatched by itself.</translation>
    </message>
    <message>
        <source>近 {days} 天同类 {all} 件中 {cases} 件由其承办</source>
        <translation>handled {cases} of {all} alike in {days} days</translation>
    </message>
    <message>
        <source>本居委 {all} 件中 {cases} 件</source>
        <translation>{cases} of {all} in this neighbourhood</translation>
    </message>
    <message>
        <source>本网格责任清单</source>
        <translation>in charge of this grid cell</translation>
    </message>
    <message>
        <source>{module}的牵头部门</source>
        <translation>leads {module}</translation>
    </message>
    <message>
        <source>{module}的配合部门</source>
        <translation>cooperates in {module}</translation>
    </message>
    <message>
        <source>退回过 {count} 次</source>
        <translation>returned before: {count}</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>近 {days} 天这类已被退回 {count} 次，上次由{unit}承办</source>
        <translation>Returned in {days} days: {count}; last handled by {unit}</translation>
    </message>
    <message>
        <source>本单已被其退回</source>
        <translation>returned this very order</translation>
    </message>
    <message>
        <source>{unit} · 约 {share} · {reason}</source>
        <translation>{unit} · about {share} · {reason}</translation>
    </message>
    <message>
        <source>无先例</source>
        <translation>no precedent</translation>
    </message>
    <message>
        <source>按描述更像“{kind}”（{words}），按这一类判断</source>
        <translation>The description reads like &quot;{kind}&quot; ({words}) and is judged as that</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>描述</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>诉求人</source>
        <translation>Caller</translation>
    </message>
    <message>
        <source>经过</source>
        <translation>History</translation>
    </message>
</context>
<context>
    <name>ExportPresenter</name>
    <message>
        <source>列表 {count} 件</source>
        <translation>List, {count}</translation>
    </message>
    <message>
        <source>已选 {count} 件</source>
        <translation>{count} marked</translation>
    </message>
    <message>
        <source>当前工单</source>
        <translation>This order</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>姓名、电话、证件、车牌和门牌已脱敏；文件和每页都带有您的姓名、工号、设备和时间。</source>
        <translation>Names, phones, ids, plates and house numbers are masked; the file and each page carry your name, staff number, device and time.</translation>
    </message>
    <message>
        <source>工单：{filter}</source>
        <translation>Orders: {filter}</translation>
    </message>
    <message>
        <source>所选工单</source>
        <translation>Marked orders</translation>
    </message>
    <message>
        <source>工单</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>截至 {time}</source>
        <translation>as of {time}</translation>
    </message>
    <message>
        <source>（共 {all} 件，纸面最多 {cap} 件）</source>
        <translation> ({all} in all, at most {cap} on paper)</translation>
    </message>
    <message>
        <source>这个文件已经存在。再按一次“导出”会替换它。</source>
        <translation>This file exists. Press &quot;Export&quot; again to replace it.</translation>
    </message>
    <message>
        <source>正在读取列表…</source>
        <translation>Reading the list…</translation>
    </message>
    <message>
        <source>已写入 {done} / {total} 件</source>
        <translation>{done} of {total} written</translation>
    </message>
    <message>
        <source>已导出 {count} 件：{path}</source>
        <translation>{count} exported: {path}</translation>
    </message>
    <message>
        <source>一次最多 {cap} 件，还有 {left} 件没有导出；请先筛选。</source>
        <translation>At most {cap} at once; {left} were not exported. Narrow the list first.</translation>
    </message>
    <message>
        <source>这台机器没有打印机。可以选 PDF，存成文件后到别处打印。</source>
        <translation>This machine has no printer. Choose PDF and print the file elsewhere.</translation>
    </message>
    <message>
        <source>第 {done} / {count} 页</source>
        <translation>Page {done} of {count}</translation>
    </message>
    <message>
        <source>已导出 {count} 页：{path}</source>
        <translation>{count} pages exported: {path}</translation>
    </message>
    <message>
        <source>已交给打印机 {count} 页。</source>
        <translation>{count} pages given to the printer.</translation>
    </message>
</context>
<context>
    <name>ExportSheet</name>
    <message>
        <source>导出与打印</source>
        <translation>Export and print</translation>
    </message>
    <message>
        <source>Esc 关闭</source>
        <translation>Esc closes</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>File</translation>
    </message>
    <message>
        <source>浏览…</source>
        <translation>Browse…</translation>
    </message>
    <message>
        <source>选择文件</source>
        <translation>Choose a file</translation>
    </message>
    <message>
        <source>进度</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>范围</source>
        <translation>What</translation>
    </message>
    <message>
        <source>格式</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Esc 停止</source>
        <translation>Esc stops</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>FactValue</name>
    <message>
        <source>解释</source>
        <translation>Explain</translation>
    </message>
    <message>
        <source>解释{label}</source>
        <translation>Explain: {label}</translation>
    </message>
</context>
<context>
    <name>Faults</name>
    <message>
        <source>联系不上中心</source>
        <translation>Cannot reach the centre</translation>
    </message>
    <message>
        <source>网络不通，或中心没有运行。工作台照常可用，操作已保存，恢复后自动发送。</source>
        <translation>The network is down or the centre is not running. The desk works as usual; what you do is saved and sent later.</translation>
    </message>
    <message>
        <source>中心没有及时应答</source>
        <translation>The centre did not answer in time</translation>
    </message>
    <message>
        <source>正在重试。操作都已保存，不会丢失。</source>
        <translation>Trying again. Everything you did is saved.</translation>
    </message>
    <message>
        <source>中心的证书不可信</source>
        <translation>The centre&apos;s certificate is not trusted</translation>
    </message>
    <message>
        <source>没有建立安全连接，未发送任何数据。请联系管理员核对中心的证书。</source>
        <translation>No secure connection was made and nothing was sent. Please ask the administrator to check the certificate.</translation>
    </message>
    <message>
        <source>中心的证书已过期</source>
        <translation>The centre&apos;s certificate has expired</translation>
    </message>
    <message>
        <source>没有建立安全连接，未发送任何数据。请先核对本机的日期和时间，再联系管理员。</source>
        <translation>No secure connection was made and nothing was sent. Check this machine&apos;s date and time, then ask the administrator.</translation>
    </message>
    <message>
        <source>中心的证书尚未生效</source>
        <translation>The centre&apos;s certificate is not yet valid</translation>
    </message>
    <message>
        <source>没有建立安全连接，未发送任何数据。多半是本机的日期和时间不准，请核对。</source>
        <translation>No secure connection was made and nothing was sent. Most likely this machine&apos;s date and time are wrong; please check.</translation>
    </message>
    <message>
        <source>证书与中心地址不符</source>
        <translation>The certificate is for another address</translation>
    </message>
    <message>
        <source>没有建立安全连接，未发送任何数据。请联系管理员核对中心地址。</source>
        <translation>No secure connection was made and nothing was sent. Please ask the administrator to check the centre&apos;s address.</translation>
    </message>
    <message>
        <source>应答的不是中心</source>
        <translation>It is not the centre that answers</translation>
    </message>
    <message>
        <source>可能被网络登录页拦截。请检查网络和中心地址；操作都已保存。</source>
        <translation>A network sign-in page may be in the way. Check the network and the centre&apos;s address; what you did is saved.</translation>
    </message>
    <message>
        <source>连到了另一个中心</source>
        <translation>Connected to another centre</translation>
    </message>
    <message>
        <source>应答的中心与本席位的数据不是同一个，已停止交换数据。请联系管理员核对中心地址。</source>
        <translation>This is not the centre that this seat&apos;s data came from, so nothing is exchanged. Please ask the administrator to check the address.</translation>
    </message>
    <message>
        <source>应答的是另一个中心：{found}</source>
        <translation>Another centre answered: {found}</translation>
    </message>
    <message>
        <source>本席位此前属于“{expected}”，已停止交换数据，{waiting} 项操作留在本机等它。如确要改用“{found}”，请登录并确认；否则请联系管理员核对中心地址。</source>
        <translation>This seat has belonged to &quot;{expected}&quot;. Nothing is exchanged; {waiting} operations wait here for it. To change over to &quot;{found}&quot;, sign in and confirm; otherwise ask the administrator to check the centre&apos;s address.</translation>
    </message>
    <message>
        <source>备用链路的数据与主链路不同</source>
        <translation>The backup link has another history</translation>
    </message>
    <message>
        <source>备用链路上的数据已另行重建，没有采用。正在重试主链路；操作都已保存。</source>
        <translation>The data behind the backup link was rebuilt separately and is not used. Trying the main link again; all operations are saved.</translation>
    </message>
    <message>
        <source>中心的应答无法识别</source>
        <translation>The centre&apos;s answer cannot be read</translation>
    </message>
    <message>
        <source>已放弃这次应答，正在重试；本地数据没有改动。</source>
        <translation>The answer was dropped; trying again. The local data is unchanged.</translation>
    </message>
    <message>
        <source>中心的应答过大</source>
        <translation>The centre&apos;s answer is too large</translation>
    </message>
    <message>
        <source>已放弃这次应答，将分小份重取；本地数据没有改动。</source>
        <translation>The answer was dropped and will be fetched in smaller parts. The local data is unchanged.</translation>
    </message>
    <message>
        <source>中心内部出错</source>
        <translation>Error inside the centre</translation>
    </message>
    <message>
        <source>中心返回错误 {status}，正在重试。操作都已保存。</source>
        <translation>The centre answered with error {status}; trying again. What you did is saved.</translation>
    </message>
    <message>
        <source>中心正忙</source>
        <translation>The centre is busy</translation>
    </message>
    <message>
        <source>中心请各席位稍候，{seconds} 秒后继续。</source>
        <translation>The centre asks all seats to wait; going on in {seconds} s.</translation>
    </message>
    <message>
        <source>中心没有接受请求</source>
        <translation>The centre did not take the request</translation>
    </message>
    <message>
        <source>中心返回 {status}。可以稍后再试；如反复出现，请联系管理员。</source>
        <translation>The centre answered {status}. Try again later; if it persists, tell the administrator.</translation>
    </message>
    <message>
        <source>本机程序版本偏旧</source>
        <translation>This program is rather old</translation>
    </message>
    <message>
        <source>中心要求 {needed} 或更新，本机是 {own}。可以继续工作，个别功能可能不能用；请联系管理员升级。</source>
        <translation>The centre wants {needed} or newer; this is {own}. Work goes on, some things may not be available. Ask the administrator for an upgrade.</translation>
    </message>
    <message>
        <source>连接已关闭</source>
        <translation>The connection is closed</translation>
    </message>
    <message>
        <source>程序正在退出或更换中心，这次请求没有进行。</source>
        <translation>The program is closing or changing centres; this request was not made.</translation>
    </message>
    <message>
        <source>中心地址不正确</source>
        <translation>The centre&apos;s address is not right</translation>
    </message>
    <message>
        <source>请填写以 https:// 开头的地址；演练中心可用本机的 http:// 地址。</source>
        <translation>Enter an address that begins with https://; a drill centre on this machine may use http://.</translation>
    </message>
    <message>
        <source>中心地址不加密</source>
        <translation>The centre&apos;s address is not encrypted</translation>
    </message>
    <message>
        <source>{address} 不在本机，须用 https:// 开头的地址，否则数据会明文传输。</source>
        <translation>{address} is not this machine: use an https:// address, or data would travel in the clear.</translation>
    </message>
    <message>
        <source>还没有中心地址</source>
        <translation>There is no centre address yet</translation>
    </message>
    <message>
        <source>请填写中心地址；没有中心时，可以打开演练。</source>
        <translation>Enter the centre&apos;s address; without a centre you can open a drill.</translation>
    </message>
    <message>
        <source>用户名或口令不对</source>
        <translation>User name or password is wrong</translation>
    </message>
    <message>
        <source>请重新输入。多次不对，中心可能会暂时锁定账号。</source>
        <translation>Please enter them again. After several failures the centre may lock the account for a while.</translation>
    </message>
    <message>
        <source>现口令不对</source>
        <translation>The present password is wrong</translation>
    </message>
    <message>
        <source>口令没有修改，请重新输入。</source>
        <translation>The password was not changed. Please enter it again.</translation>
    </message>
    <message>
        <source>新口令不合要求</source>
        <translation>The new password does not meet the rule</translation>
    </message>
    <message>
        <source>口令没有修改，请按要求另选一个。</source>
        <translation>The password was not changed. Please choose another by the rule.</translation>
    </message>
    <message>
        <source>新口令最近用过</source>
        <translation>The new password was used lately</translation>
    </message>
    <message>
        <source>口令没有修改，请另选一个没用过的。</source>
        <translation>The password was not changed. Please choose one not used before.</translation>
    </message>
    <message>
        <source>口令该换了</source>
        <translation>The password is due for a change</translation>
    </message>
    <message>
        <source>中心要求更换口令。手头的事不受影响，请尽快更换。</source>
        <translation>The centre asks for another password. Your work is not affected; please change it soon.</translation>
    </message>
    <message>
        <source>登录已过期</source>
        <translation>The sign-in has expired</translation>
    </message>
    <message>
        <source>请重新登录。未发送的操作都还在。</source>
        <translation>Please sign in again. Everything unsent is still here.</translation>
    </message>
    <message>
        <source>账号已停用</source>
        <translation>Account closed</translation>
    </message>
    <message>
        <source>未发送的操作都还在，换人登录后照常送出。如系误停，请联系中心的账号管理员。</source>
        <translation>Unsent actions are kept and go out once somebody else signs in. If this is a mistake, ask the centre&apos;s account administrator.</translation>
    </message>
    <message>
        <source>尚未登录</source>
        <translation>Not signed in</translation>
    </message>
    <message>
        <source>登录后即可取数和发送；未发送的操作都还在。</source>
        <translation>Sign in to fetch and send; everything unsent is still here.</translation>
    </message>
    <message>
        <source>没有权限</source>
        <translation>No permission</translation>
    </message>
    <message>
        <source>您的角色不能查看或执行这一项。如有需要，请联系值班长。</source>
        <translation>Your role may not see or do this. If you need it, ask the duty chief.</translation>
    </message>
    <message>
        <source>离线较久，正在重新取数</source>
        <translation>Offline for long, loading afresh</translation>
    </message>
    <message>
        <source>工作台照常可用；待发送的操作不受影响。</source>
        <translation>The desk works as usual; unsent operations are not affected.</translation>
    </message>
    <message>
        <source>中心的数据已重建</source>
        <translation>The centre&apos;s data was rebuilt</translation>
    </message>
    <message>
        <source>正在重新取数，工作台照常可用；待发送的操作不受影响。</source>
        <translation>Loading afresh. The desk works as usual; unsent operations are not affected.</translation>
    </message>
    <message>
        <source>取到的数据不完整</source>
        <translation>The data received is incomplete</translation>
    </message>
    <message>
        <source>核对没有通过，本地数据保持原样，正在重取。</source>
        <translation>It did not pass its check. The local data stays as it is; fetching again.</translation>
    </message>
    <message>
        <source>数据变化异常，等待核实</source>
        <translation>Unusual change, held for confirmation</translation>
    </message>
    <message>
        <source>中心的数据少了 {count} 条在办工单，已暂缓更新，再次取数结果相同才会采用。</source>
        <translation>The centre&apos;s data lacks {count} open orders. The update is held until a second fetch shows the same.</translation>
    </message>
    <message>
        <source>有 {count} 条记录无法识别</source>
        <translation>{count} records cannot be read</translation>
    </message>
    <message>
        <source>这些记录已单独存放，其余数据照常更新。请告诉管理员。</source>
        <translation>They were set aside; everything else is updated as usual. Please tell the administrator.</translation>
    </message>
    <message>
        <source>操作内容太大</source>
        <translation>The operation is too large</translation>
    </message>
    <message>
        <source>中心不接收这么大的内容。请缩短说明后重做。</source>
        <translation>The centre does not take that much. Shorten the text and do it again.</translation>
    </message>
    <message>
        <source>中心不接受这项操作</source>
        <translation>The centre does not take this operation</translation>
    </message>
    <message>
        <source>操作已留在待处理箱，请在那里重做、转为备注或放弃；其余操作照常发送。</source>
        <translation>It is in the tray: redo it there, keep it as a note, or discard it. Other operations are sent as usual.</translation>
    </message>
    <message>
        <source>本机时间被改动了 {seconds} 秒</source>
        <translation>The clock of this machine was set by {seconds} s</translation>
    </message>
    <message>
        <source>时限按中心时间计算，不受影响。请告诉管理员检查本机对时。</source>
        <translation>Time limits go by the centre&apos;s clock and are not affected. Ask the administrator to check the time service of this machine.</translation>
    </message>
    <message>
        <source>中心时间变动了 {seconds} 秒</source>
        <translation>The centre&apos;s clock was set by {seconds} s</translation>
    </message>
    <message>
        <source>时限已按中心的新时间计算。如与实际时间不符，请告诉管理员。</source>
        <translation>Time limits now go by the centre&apos;s new time. If it differs from the true time, tell the administrator.</translation>
    </message>
    <message>
        <source>有一项操作中心处理不了</source>
        <translation>The centre stumbles over one action</translation>
    </message>
    <message>
        <source>中心处理它时总是出错。它留在本机，隔一阵单独再试；其余操作照常发送。请告诉管理员。</source>
        <translation>The centre fails on it every time. It stays here and is tried again by itself from time to time; the others are sent as usual. Please tell the administrator.</translation>
    </message>
    <message>
        <source>正在改用另一个中心</source>
        <translation>Changing over to another centre</translation>
    </message>
    <message>
        <source>界面上还是原中心的数据，这项操作没有保存。请等新中心的数据到齐后再操作。</source>
        <translation>The screen still shows the former centre&apos;s data, so this was not saved. Please wait until the new centre&apos;s data are here.</translation>
    </message>
    <message>
        <source>正在处理前面的请求</source>
        <translation>Earlier requests are still being handled</translation>
    </message>
    <message>
        <source>等待的请求太多，这一次没有进行。请稍后再试。</source>
        <translation>Too many requests are waiting; this one was not made. Please try again later.</translation>
    </message>
    <message>
        <source>与中心的交换已停止</source>
        <translation>The exchange with the centre has stopped</translation>
    </message>
    <message>
        <source>程序正在退出，这次请求没有进行。已保存的操作下次启动后发送。</source>
        <translation>The program is closing; this request was not made. What is saved is sent after the next start.</translation>
    </message>
    <message>
        <source>演练中心没有启动</source>
        <translation>The drill centre did not start</translation>
    </message>
    <message>
        <source>它最后的记录：{words}</source>
        <translation>Its last words: {words}</translation>
    </message>
    <message>
        <source>演练中心启动太慢</source>
        <translation>The drill centre starts too slowly</translation>
    </message>
    <message>
        <source>{seconds} 秒内没有就绪，已停止。可以再试一次。</source>
        <translation>It was not ready in {seconds} s and was stopped. You can try again.</translation>
    </message>
    <message>
        <source>数据目录不能写</source>
        <translation>The data folder cannot be written</translation>
    </message>
    <message>
        <source>请检查目录的权限和磁盘空间，或用 --data-dir 指定别的目录：{path}</source>
        <translation>Check the folder&apos;s permissions and the disk space, or name another with --data-dir: {path}</translation>
    </message>
    <message>
        <source>这台机器放不出声音</source>
        <translation>This machine cannot play sounds</translation>
    </message>
    <message>
        <source>提醒仍会显示在画面上。请检查音箱和声音设置，或在“提醒”中打开边框闪烁。</source>
        <translation>The screen still tells. Check loudspeakers and sound settings, or let the edge flash in &quot;Attention&quot;.</translation>
    </message>
    <message>
        <source>一次带入的文件太多</source>
        <translation>Too many files at once</translation>
    </message>
    <message>
        <source>只附了前 {count} 个，其余请再附一次。</source>
        <translation>Only the first {count} were attached. Please attach the rest again.</translation>
    </message>
    <message>
        <source>程序出错</source>
        <translation>Program error</translation>
    </message>
    <message>
        <source>这一步没有完成，其余功能照常。细节已存入数据目录的日志，请告诉管理员。</source>
        <translation>This step was not done; everything else works. Details are in the logs in the data folder; please tell the administrator.</translation>
    </message>
    <message>
        <source>磁盘已满</source>
        <translation>The disk is full</translation>
    </message>
    <message>
        <source>{file} 写不进去，刚才的操作没有保存。请腾出磁盘空间后再试：{path}</source>
        <translation>{file} cannot be written; the last action was not saved. Free some space and try again: {path}</translation>
    </message>
    <message>
        <source>磁盘读写出错</source>
        <translation>Disk error</translation>
    </message>
    <message>
        <source>{file} 读写失败。请检查磁盘和目录：{path}</source>
        <translation>{file} could not be read or written. Please check the disk and the folder: {path}</translation>
    </message>
    <message>
        <source>请检查目录的权限：{path}</source>
        <translation>Please check the folder&apos;s permissions: {path}</translation>
    </message>
    <message>
        <source>本地数据正忙</source>
        <translation>The local data is busy</translation>
    </message>
    <message>
        <source>{file} 正被占用，这一次没有完成。请稍后再试。</source>
        <translation>{file} is in use; this was not done. Please try again later.</translation>
    </message>
    <message>
        <source>本地数据损坏</source>
        <translation>The local data is damaged</translation>
    </message>
    <message>
        <source>{file} 没有通过核对。请联系管理员；文件保留在原处：{path}</source>
        <translation>{file} did not pass its check. Please ask the administrator; the file stays where it is: {path}</translation>
    </message>
    <message>
        <source>待发送的操作读不出来</source>
        <translation>Unsent operations cannot be read</translation>
    </message>
    <message>
        <source>文件已损坏，保留在原处，没有改动。请联系管理员恢复：{path}</source>
        <translation>The file is damaged and stays where it is, untouched. Please ask the administrator to restore it: {path}</translation>
    </message>
    <message>
        <source>有 {count} 项操作已从日志补回</source>
        <translation>{count} actions were put back from the journal</translation>
    </message>
    <message>
        <source>本地文件里缺了这些操作，已按日志逐项补回，会照常发送；中心已有的不会重复。</source>
        <translation>The local file had lost these actions; each was put back from the journal and will be sent as usual. What the centre already has is not done twice.</translation>
    </message>
    <message>
        <source>本地文件被换成了旧的</source>
        <translation>The local file was replaced by an older one</translation>
    </message>
    <message>
        <source>操作记录的文件比日志旧，可能是被还原或清理过。已按日志补回 {count} 项，会照常发送；请核对最近的操作。</source>
        <translation>The file of actions is older than its journal; it may have been restored or cleaned up. {count} actions were put back from the journal and will be sent as usual; please check the latest ones.</translation>
    </message>
    <message>
        <source>磁盘快满了</source>
        <translation>The disk is nearly full</translation>
    </message>
    <message>
        <source>只剩 {free_mb} MB。满了以后新的操作可能保存不下，请尽快腾出空间：{path}</source>
        <translation>Only {free_mb} MB are left. Once it is full, new actions may not be saved; please make room soon: {path}</translation>
    </message>
    <message>
        <source>待发送的操作已修复</source>
        <translation>Operations to be sent were repaired</translation>
    </message>
    <message>
        <source>文件有损坏，已用备份和读得出的 {salvaged} 项拼回，一项不缺。损坏的文件另存在：{path}</source>
        <translation>The file was damaged. It was put together again from a backup and {salvaged} readable operations; none is missing. The damaged file is kept at: {path}</translation>
    </message>
    <message>
        <source>有 {missing} 项操作没能找回</source>
        <translation>{missing} operations could not be recovered</translation>
    </message>
    <message>
        <source>文件有损坏，已用备份和读得出的 {salvaged} 项拼回。找不回的是本机第 {numbers} 号操作，请核对并重做。损坏的文件另存在：{path}</source>
        <translation>The file was damaged. It was put together again from a backup and {salvaged} readable operations. Lost are this desk&apos;s operations no. {numbers}: please check and repeat them. The damaged file is kept at: {path}</translation>
    </message>
    <message>
        <source>最近的操作可能没能找回</source>
        <translation>The latest operations may be lost</translation>
    </message>
    <message>
        <source>文件有损坏，已用备份和读得出的 {salvaged} 项拼回；备份之后的操作可能缺失，已知缺 {missing} 项。请核对最近的操作。损坏的文件另存在：{path}</source>
        <translation>The file was damaged. It was put together again from a backup and {salvaged} readable operations; those after the backup may be missing, {missing} are known to be. Please check your latest operations. The damaged file is kept at: {path}</translation>
    </message>
    <message>
        <source>密钥打不开本地数据</source>
        <translation>The key does not open the local data</translation>
    </message>
    <message>
        <source>{file} 不是用现在的密钥保存的。请联系管理员；文件保留在原处：{path}</source>
        <translation>{file} was not saved with the present key. Please ask the administrator; the file stays where it is: {path}</translation>
    </message>
    <message>
        <source>本地数据来自更新的版本</source>
        <translation>The local data is from a newer version</translation>
    </message>
    <message>
        <source>{file} 由更新的版本写成（{found}，本版本到 {known}）。请安装新版本；数据没有改动。</source>
        <translation>{file} was written by a newer version ({found}; this one knows {known}). Please install it; the data is unchanged.</translation>
    </message>
    <message>
        <source>工作台已经打开</source>
        <translation>The desk is already open</translation>
    </message>
    <message>
        <source>同一个数据目录已有一个工作台在运行，请切换到那个窗口：{path}</source>
        <translation>A desk is already running on this data folder; please go to its window: {path}</translation>
    </message>
    <message>
        <source>数据目录在网络共享上</source>
        <translation>The data folder is on a network share</translation>
    </message>
    <message>
        <source>{path} 在网络共享（{system}）上。断网或多机同用会损坏未发送的操作，因此没有打开。请用 --data-dir 指定本机磁盘上的目录。</source>
        <translation>{path} is on a network share ({system}). A broken line or a second machine would damage unsent actions, so it was not opened. Name a folder on this machine&apos;s disk with --data-dir.</translation>
    </message>
    <message>
        <source>数据目录不适合存放数据</source>
        <translation>The data folder is not suitable</translation>
    </message>
    <message>
        <source>{file} 所在的磁盘不支持可靠保存（多半是网络共享）。请改用本机磁盘。</source>
        <translation>The disk of {file} cannot keep data safely (most likely a network share). Please use a local disk.</translation>
    </message>
    <message>
        <source>数据库组件过旧</source>
        <translation>The database component is too old</translation>
    </message>
    <message>
        <source>现有 {found}，需要 {needed} 或更新，以免损坏数据。请联系管理员更新程序。</source>
        <translation>Found {found}; {needed} or later is needed to keep the data safe. Please ask the administrator for an update.</translation>
    </message>
    <message>
        <source>上次没有正常退出</source>
        <translation>The last run did not end properly</translation>
    </message>
    <message>
        <source>本地数据已核对，未发送的操作都在。</source>
        <translation>The local data was checked; everything unsent is here.</translation>
    </message>
    <message>
        <source>本地数据已重建</source>
        <translation>The local data was rebuilt</translation>
    </message>
    <message>
        <source>原来的副本损坏，已另存，正在从中心重新取数；未发送的操作不受影响。存放处：{path}</source>
        <translation>The old copy was damaged and set aside; loading afresh from the centre. Unsent operations are not affected. Kept at: {path}</translation>
    </message>
    <message>
        <source>本地数据处理不过来</source>
        <translation>The local data cannot keep up</translation>
    </message>
    <message>
        <source>等待写入的内容太多，这一次没有进行。请稍后再试。</source>
        <translation>Too much is waiting to be written; this was not done. Please try again later.</translation>
    </message>
    <message>
        <source>本地数据没有及时应答</source>
        <translation>The local data did not answer in time</translation>
    </message>
    <message>
        <source>等了 {seconds} 秒。操作可能稍后完成，请先看列表再决定是否重做。</source>
        <translation>Waited {seconds} s. It may still be done; look at the list before you do it again.</translation>
    </message>
    <message>
        <source>本地数据已关闭</source>
        <translation>The local data is closed</translation>
    </message>
    <message>
        <source>程序正在退出，这一次没有进行。</source>
        <translation>The program is closing; this was not done.</translation>
    </message>
    <message>
        <source>待发送的操作已满</source>
        <translation>Too many unsent operations</translation>
    </message>
    <message>
        <source>已有 {cap} 项等待发送，新的操作暂时存不下。请恢复与中心的连接。</source>
        <translation>{cap} operations wait to be sent and no more can be kept. Please restore the link to the centre.</translation>
    </message>
    <message>
        <source>中心的数据已更换</source>
        <translation>The centre&apos;s data was replaced</translation>
    </message>
    <message>
        <source>正在重新取数；待发送的操作不受影响。</source>
        <translation>Loading afresh; unsent operations are not affected.</translation>
    </message>
    <message>
        <source>应有 {expected} 条，实有 {found} 条。本地数据保持原样，正在重取。</source>
        <translation>Expected {expected} records, found {found}. The local data stays as it is; fetching again.</translation>
    </message>
    <message>
        <source>没有可用的新数据</source>
        <translation>There is no new data to use</translation>
    </message>
    <message>
        <source>上次取数没有完成，将从头再取；本地数据保持原样。</source>
        <translation>The last load was not finished and begins anew; the local data stays as it is.</translation>
    </message>
    <message>
        <source>取到的数据比本地旧</source>
        <translation>The data received is older than ours</translation>
    </message>
    <message>
        <source>没有采用，正在重取；本地数据保持原样。</source>
        <translation>It was not used; fetching again. The local data stays as it is.</translation>
    </message>
    <message>
        <source>系统密钥环不可用</source>
        <translation>The system keyring is not available</translation>
    </message>
    <message>
        <source>本机没有可用的密钥环，改用口令短语保护密钥。</source>
        <translation>This machine has no usable keyring; a passphrase protects the key instead.</translation>
    </message>
    <message>
        <source>系统密钥环没有解锁</source>
        <translation>The system keyring is locked</translation>
    </message>
    <message>
        <source>请解锁系统密钥环后再启动，或输入口令短语。</source>
        <translation>Unlock the keyring and start again, or enter the passphrase.</translation>
    </message>
    <message>
        <source>系统密钥环没有应答</source>
        <translation>The system keyring does not answer</translation>
    </message>
    <message>
        <source>请看看是否有等待确认的窗口，然后再试，或输入口令短语。</source>
        <translation>See whether a window waits for your consent, then try again, or enter the passphrase.</translation>
    </message>
    <message>
        <source>没有输入口令短语</source>
        <translation>No passphrase was entered</translation>
    </message>
    <message>
        <source>没有口令短语就打不开本地数据。可以再试一次。</source>
        <translation>Without it the local data cannot be opened. You can try again.</translation>
    </message>
    <message>
        <source>口令文件读不出来</source>
        <translation>The passphrase file cannot be read</translation>
    </message>
    <message>
        <source>请检查 --passphrase-file 指定的文件和权限：{reason}</source>
        <translation>Please check the file given with --passphrase-file and its permissions: {reason}</translation>
    </message>
    <message>
        <source>口令短语不对</source>
        <translation>The passphrase is wrong</translation>
    </message>
    <message>
        <source>请再试一次。数据没有改动。</source>
        <translation>Please try again. The data is unchanged.</translation>
    </message>
    <message>
        <source>口令短语太短</source>
        <translation>The passphrase is too short</translation>
    </message>
    <message>
        <source>请用更长的口令短语，例如几个不相干的词。</source>
        <translation>Use a longer one, for example a few unrelated words.</translation>
    </message>
    <message>
        <source>本地数据的密钥不在了</source>
        <translation>The key to the local data is gone</translation>
    </message>
    <message>
        <source>密钥环里没有这份数据的密钥。设过口令短语的，请输入；否则请联系管理员，数据保留在原处。</source>
        <translation>The keyring has no key to this data. If a passphrase was set, enter it; else ask the administrator. The data stays where it is.</translation>
    </message>
    <message>
        <source>密钥文件损坏</source>
        <translation>The key file is damaged</translation>
    </message>
    <message>
        <source>没有密钥文件就打不开本地数据。请从备份恢复这个文件：{path}</source>
        <translation>Without it the local data cannot be opened. Please restore this file from a backup: {path}</translation>
    </message>
    <message>
        <source>中心没有这台摄像机</source>
        <translation>The centre has no such camera</translation>
    </message>
    <message>
        <source>可能已经撤除。请换一台摄像机。</source>
        <translation>It may have been removed. Please choose another camera.</translation>
    </message>
    <message>
        <source>摄像机离线</source>
        <translation>Camera is offline</translation>
    </message>
    <message>
        <source>中心报告它没有上线，恢复后画面会自动出现。</source>
        <translation>The centre reports it as offline; the picture returns by itself.</translation>
    </message>
    <message>
        <source>无权查看这台摄像机</source>
        <translation>Not allowed to view this camera</translation>
    </message>
    <message>
        <source>您的角色不能查看它。如有需要，请联系值班长。</source>
        <translation>Your role may not view it. If you need it, ask the duty chief.</translation>
    </message>
    <message>
        <source>中心没有可用的视频协议</source>
        <translation>The centre offers no usable video protocol</translation>
    </message>
    <message>
        <source>中心提供的视频协议本机都不能播放，请联系管理员。</source>
        <translation>None of the protocols it offers can be played here. Please ask the administrator.</translation>
    </message>
    <message>
        <source>摄像机没有这路码流</source>
        <translation>The camera has no such stream</translation>
    </message>
    <message>
        <source>它没有窗格要的主码流或子码流。</source>
        <translation>It has not the main or sub stream that the pane asks for.</translation>
    </message>
    <message>
        <source>摄像机连不上</source>
        <translation>Cannot reach the camera</translation>
    </message>
    <message>
        <source>到摄像机的网络不通，会自动重试。</source>
        <translation>The network to the camera is down; it is tried again by itself.</translation>
    </message>
    <message>
        <source>摄像机拒绝连接</source>
        <translation>Camera refused</translation>
    </message>
    <message>
        <source>视频服务可能没有运行，会自动重试。</source>
        <translation>Its video service may not be running; it is tried again by itself.</translation>
    </message>
    <message>
        <source>摄像机没有应答</source>
        <translation>Camera does not answer</translation>
    </message>
    <message>
        <source>正在自动重试。</source>
        <translation>It is tried again by itself.</translation>
    </message>
    <message>
        <source>摄像机不认可登录</source>
        <translation>Camera refused the sign-in</translation>
    </message>
    <message>
        <source>视频口令可能已失效，将换新的再试。</source>
        <translation>The video password may have expired; a new one will be tried.</translation>
    </message>
    <message>
        <source>摄像机不允许查看</source>
        <translation>Camera forbids viewing</translation>
    </message>
    <message>
        <source>请联系管理员核对这台摄像机的权限。</source>
        <translation>Please ask the administrator to check this camera&apos;s permissions.</translation>
    </message>
    <message>
        <source>没有这路视频</source>
        <translation>No such stream</translation>
    </message>
    <message>
        <source>摄像机上找不到这路视频，会自动重试。</source>
        <translation>The camera has no such stream; it is tried again by itself.</translation>
    </message>
    <message>
        <source>视频服务出错</source>
        <translation>Video service error</translation>
    </message>
    <message>
        <source>摄像机一侧出错，或连接数已满，会自动重试。</source>
        <translation>Something failed at the camera&apos;s side, or it has no connection left; it is tried again by itself.</translation>
    </message>
    <message>
        <source>视频已中断</source>
        <translation>Video ended</translation>
    </message>
    <message>
        <source>对方结束了这路视频，正在重新连接。</source>
        <translation>The other side ended the stream; connecting again.</translation>
    </message>
    <message>
        <source>没有视频内容</source>
        <translation>No video in it</translation>
    </message>
    <message>
        <source>连接成功，但没有画面，会自动重试。</source>
        <translation>Connected, but without a picture; it is tried again by itself.</translation>
    </message>
    <message>
        <source>内容不是视频</source>
        <translation>Not a video</translation>
    </message>
    <message>
        <source>收到的内容无法识别，会自动重试。</source>
        <translation>What came cannot be read; it is tried again by itself.</translation>
    </message>
    <message>
        <source>画面停了</source>
        <translation>Picture stopped</translation>
    </message>
    <message>
        <source>一段时间没有新画面，正在重新连接。</source>
        <translation>No new picture for a while; connecting again.</translation>
    </message>
    <message>
        <source>等不到完整画面</source>
        <translation>No whole picture</translation>
    </message>
    <message>
        <source>{seconds} 秒内没有收到完整画面，会自动重试。</source>
        <translation>No whole picture came within {seconds} s; it is tried again by itself.</translation>
    </message>
    <message>
        <source>画面静止不动</source>
        <translation>Picture is frozen</translation>
    </message>
    <message>
        <source>画面一直没有变化，请核对摄像机是否卡住。</source>
        <translation>The picture does not change; please check whether the camera hangs.</translation>
    </message>
    <message>
        <source>画面全黑</source>
        <translation>Black picture</translation>
    </message>
    <message>
        <source>有信号但看不到内容，请核对镜头是否被遮挡或现场断电。</source>
        <translation>There is a signal but nothing to be seen. Check whether the lens is covered or the site has no power.</translation>
    </message>
    <message>
        <source>截图没有保存成功</source>
        <translation>The snapshot was not saved</translation>
    </message>
    <message>
        <source>请检查磁盘空间和数据目录。</source>
        <translation>Check the disk space and the data directory.</translation>
    </message>
    <message>
        <source>还没有可回放的画面</source>
        <translation>Nothing to replay yet</translation>
    </message>
    <message>
        <source>画面播放几秒之后才能回放；由 libVLC 播放的视频不能回放。</source>
        <translation>A replay is possible some seconds after the picture came; streams played by libVLC cannot be replayed.</translation>
    </message>
    <message>
        <source>回放结束</source>
        <translation>Replay is over</translation>
    </message>
    <message>
        <source>已回到实时画面。</source>
        <translation>The live picture is back.</translation>
    </message>
    <message>
        <source>回放失败</source>
        <translation>Replay failed</translation>
    </message>
    <message>
        <source>保存的画面无法解码，请重新开始回放。</source>
        <translation>What was kept cannot be decoded. Please begin the replay anew.</translation>
    </message>
    <message>
        <source>这台摄像机没有声音</source>
        <translation>This camera has no sound</translation>
    </message>
    <message>
        <source>它只发送画面。</source>
        <translation>It sends pictures alone.</translation>
    </message>
    <message>
        <source>本机没有声音设备</source>
        <translation>This machine has no sound device</translation>
    </message>
    <message>
        <source>请连接音箱或耳机，并检查系统的声音设置。</source>
        <translation>Please connect speakers or a headset, and check the system&apos;s sound settings.</translation>
    </message>
    <message>
        <source>正在测试另一路视频</source>
        <translation>Another stream is being tested</translation>
    </message>
    <message>
        <source>请等它结束后再试。</source>
        <translation>Please try again when it has ended.</translation>
    </message>
    <message>
        <source>视频地址无法识别</source>
        <translation>Bad video address</translation>
    </message>
    <message>
        <source>中心给的地址不能用，请联系管理员。</source>
        <translation>The address given by the centre cannot be used; please tell the administrator.</translation>
    </message>
    <message>
        <source>本机播放不了这种编码</source>
        <translation>Codec cannot be played</translation>
    </message>
    <message>
        <source>可以换一路码流，或联系管理员调整摄像机的编码。</source>
        <translation>Try the other stream, or ask the administrator to change the camera&apos;s codec.</translation>
    </message>
    <message>
        <source>本机不支持这种视频协议</source>
        <translation>Protocol not supported</translation>
    </message>
    <message>
        <source>请联系管理员；其他摄像机不受影响。</source>
        <translation>Please tell the administrator; other cameras are not affected.</translation>
    </message>
    <message>
        <source>没有可用的播放组件</source>
        <translation>No player available</translation>
    </message>
    <message>
        <source>请联系管理员重新安装；工单和地图照常可用。</source>
        <translation>Please ask the administrator to install it again; orders and map work as usual.</translation>
    </message>
    <message>
        <source>缺少播放组件 PyAV</source>
        <translation>Player PyAV is missing</translation>
    </message>
    <message>
        <source>将改用其他播放组件；如没有画面，请联系管理员重新安装。</source>
        <translation>Another player is used. If there is no picture, ask the administrator to install it again.</translation>
    </message>
    <message>
        <source>缺少播放组件 VLC</source>
        <translation>Player VLC is missing</translation>
    </message>
    <message>
        <source>将改用其他播放组件；如没有画面，请联系管理员安装 VLC 3。</source>
        <translation>Another player is used. If there is no picture, ask the administrator to install VLC 3.</translation>
    </message>
    <message>
        <source>VLC 版本不合适</source>
        <translation>VLC version does not fit</translation>
    </message>
    <message>
        <source>现有 {version}，需要 VLC 3。将改用其他播放组件。</source>
        <translation>Found {version}, VLC 3 is needed. Another player is used.</translation>
    </message>
    <message>
        <source>VLC 安装不完整</source>
        <translation>VLC is incomplete</translation>
    </message>
    <message>
        <source>缺少插件，将改用其他播放组件。请联系管理员重新安装 VLC。</source>
        <translation>Plug-ins are missing; another player is used. Please ask the administrator to install VLC again.</translation>
    </message>
    <message>
        <source>VLC 没有启动</source>
        <translation>VLC did not start</translation>
    </message>
    <message>
        <source>将改用其他播放组件。如没有画面，请联系管理员。</source>
        <translation>Another player is used. If there is no picture, tell the administrator.</translation>
    </message>
    <message>
        <source>视频口令过长</source>
        <translation>Video password too long</translation>
    </message>
    <message>
        <source>播放组件最多接受 {limit} 个字符，现有 {length} 个。请联系管理员。</source>
        <translation>The player takes {limit} characters at most, there are {length}. Please tell the administrator.</translation>
    </message>
    <message>
        <source>画面路数已满</source>
        <translation>All panes in use</translation>
    </message>
    <message>
        <source>本机最多同时播放 {limit} 路，请先关闭一路。</source>
        <translation>This machine plays {limit} at a time; please close one first.</translation>
    </message>
    <message>
        <source>内存不足</source>
        <translation>Out of memory</translation>
    </message>
    <message>
        <source>本机放不下更多画面，请关闭几路后再试。</source>
        <translation>No room for more pictures; close a few and try again.</translation>
    </message>
    <message>
        <source>视频请求太多</source>
        <translation>Too many requests</translation>
    </message>
    <message>
        <source>正在排队，会自动重试。</source>
        <translation>In the queue; it is tried again by itself.</translation>
    </message>
    <message>
        <source>视频没有播放成功</source>
        <translation>Video did not play</translation>
    </message>
    <message>
        <source>原因已写入日志，会自动重试。</source>
        <translation>The reason is in the log; it is tried again by itself.</translation>
    </message>
    <message>
        <source>播放进程已重启</source>
        <translation>Player was restarted</translation>
    </message>
    <message>
        <source>画面正在自动恢复，其余功能不受影响。</source>
        <translation>The pictures are coming back; nothing else is affected.</translation>
    </message>
    <message>
        <source>播放进程没有反应</source>
        <translation>Player did not respond</translation>
    </message>
    <message>
        <source>已重新启动，画面正在自动恢复。</source>
        <translation>It was restarted; the pictures are coming back.</translation>
    </message>
    <message>
        <source>这路视频使播放进程崩溃</source>
        <translation>This stream crashes the video host</translation>
    </message>
    <message>
        <source>播放进程接连 {hosts} 次中断，已暂停播放它，以免影响其他画面。</source>
        <translation>{hosts} video hosts were lost under it in a row. It is set aside for a while, so that the other panes live.</translation>
    </message>
    <message>
        <source>播放暂停片刻</source>
        <translation>Player is pausing</translation>
    </message>
    <message>
        <source>播放进程接连出错，稍后自动重试；工单和地图照常可用。</source>
        <translation>The player failed several times and is tried again shortly; orders and map work as usual.</translation>
    </message>
    <message>
        <source>没有这项操作</source>
        <translation>No such operation</translation>
    </message>
    <message>
        <source>现在的版本不认识这项操作。</source>
        <translation>This version does not know this operation.</translation>
    </message>
    <message>
        <source>角色不允许</source>
        <translation>Not with your role</translation>
    </message>
    <message>
        <source>您的角色不能执行这项操作。</source>
        <translation>Your role may not do this.</translation>
    </message>
    <message>
        <source>当前环节不能执行</source>
        <translation>Not at this stage</translation>
    </message>
    <message>
        <source>现在是“{state}”，不能执行这项操作。</source>
        <translation>It is now &quot;{state}&quot;; this cannot be done.</translation>
    </message>
    <message>
        <source>环节无法识别</source>
        <translation>Unknown stage</translation>
    </message>
    <message>
        <source>中心给出的“{state}”本版本不认识，只能加备注。</source>
        <translation>This version does not know the stage &quot;{state}&quot;; only notes can be added.</translation>
    </message>
    <message>
        <source>工单已变化</source>
        <translation>The orders have changed</translation>
    </message>
    <message>
        <source>确认期间情况已变，没有改动；请重新查看。</source>
        <translation>Things changed while you confirmed; nothing was done. Please look again.</translation>
    </message>
    <message>
        <source>内容没有填全</source>
        <translation>Something is missing</translation>
    </message>
    <message>
        <source>请把必填的内容补上。</source>
        <translation>Please fill in what is required.</translation>
    </message>
    <message>
        <source>已有延期在审</source>
        <translation>Extension pending</translation>
    </message>
    <message>
        <source>上一次延期申请还没有结论，不能重复申请。</source>
        <translation>The last request for more time is not decided yet; another cannot be made.</translation>
    </message>
    <message>
        <source>须两人审批</source>
        <translation>Two people needed</translation>
    </message>
    <message>
        <source>首次延期已用过；再次延期请先申请，由值班长初审、分管领导审批。</source>
        <translation>The first extension is used. Ask for another; the duty chief reviews it and a leader approves it.</translation>
    </message>
    <message>
        <source>没有延期申请</source>
        <translation>No request for time</translation>
    </message>
    <message>
        <source>现在没有待审的延期申请。</source>
        <translation>No request for more time is waiting.</translation>
    </message>
    <message>
        <source>不是无需处置退回</source>
        <translation>Not such a return</translation>
    </message>
    <message>
        <source>这次退回不需要审核，可直接改派。</source>
        <translation>This return needs no review; dispatch the order again.</translation>
    </message>
    <message>
        <source>退回在审</source>
        <translation>Return in review</translation>
    </message>
    <message>
        <source>“无需处置”的退回须先初审、再由分管领导批准，不能直接改派或作废。</source>
        <translation>A return as &quot;no need&quot; is reviewed first and then approved by a leader; it cannot be dispatched or voided before.</translation>
    </message>
    <message>
        <source>已经初审</source>
        <translation>Already reviewed</translation>
    </message>
    <message>
        <source>初审已完成，等待另一人审批。</source>
        <translation>The review is done; another person has to approve.</translation>
    </message>
    <message>
        <source>尚未初审</source>
        <translation>Not reviewed yet</translation>
    </message>
    <message>
        <source>须先由值班长初审，再审批。</source>
        <translation>The duty chief has to review it before it is approved.</translation>
    </message>
    <message>
        <source>须另一人审批</source>
        <translation>Another person</translation>
    </message>
    <message>
        <source>初审和审批必须是两个人，您已做过初审。</source>
        <translation>Review and approval need two people, and you have reviewed it.</translation>
    </message>
    <message>
        <source>已到最高一级</source>
        <translation>Top level</translation>
    </message>
    <message>
        <source>工单已上提到市级，不能再上提。</source>
        <translation>The order has reached the city; there is no higher level.</translation>
    </message>
    <message>
        <source>不能并入该工单</source>
        <translation>Cannot merge there</translation>
    </message>
    <message>
        <source>要并入的工单不存在，或它自己已经并单。</source>
        <translation>The order to merge into does not exist, or is merged itself.</translation>
    </message>
    <message>
        <source>中心没有这个对象</source>
        <translation>The centre does not have it</translation>
    </message>
    <message>
        <source>它可能已被合并或撤销，可以转为备注或放弃。</source>
        <translation>It may have been merged or withdrawn; keep this as a note or discard it.</translation>
    </message>
    <message>
        <source>中心不办理这类对象</source>
        <translation>The centre does not handle this kind</translation>
    </message>
    <message>
        <source>中心还不接受对它的操作，可以放弃。</source>
        <translation>The centre does not take operations on it yet; you can discard it.</translation>
    </message>
    <message>
        <source>中心不认可操作人</source>
        <translation>The centre does not know the officer</translation>
    </message>
    <message>
        <source>操作人没有在本席位登录过，请登录后重做。</source>
        <translation>The officer has not signed in at this seat; sign in and do it again.</translation>
    </message>
    <message>
        <source>角色已经变动</source>
        <translation>The role has changed</translation>
    </message>
    <message>
        <source>操作人现在没有当时的角色，请由有此角色的人重做。</source>
        <translation>The officer no longer holds that role; let someone who does do it again.</translation>
    </message>
    <message>
        <source>在等前一项操作</source>
        <translation>Waits for an earlier operation</translation>
    </message>
    <message>
        <source>前一项操作办完后自动发送。</source>
        <translation>It is sent when the earlier one is done.</translation>
    </message>
    <message>
        <source>稍后自动重新发送。</source>
        <translation>It is sent again shortly.</translation>
    </message>
    <message>
        <source>云台正由他人控制</source>
        <translation>Somebody else moves this camera</translation>
    </message>
    <message>
        <source>{by} 正在控制这路摄像机，放开后即可使用；值班长可以收回。</source>
        <translation>{by} moves it now. It is yours once let go; the duty chief can take it back.</translation>
    </message>
    <message>
        <source>云台控制权已失去</source>
        <translation>You no longer control the camera</translation>
    </message>
    <message>
        <source>控制权已释放，或已由他人取得。如需继续，请重新申请。</source>
        <translation>Control was released or taken. Ask again to go on.</translation>
    </message>
    <message>
        <source>这路摄像机不能转动</source>
        <translation>This camera cannot move</translation>
    </message>
    <message>
        <source>它是固定机位，没有云台。</source>
        <translation>It is fixed.</translation>
    </message>
    <message>
        <source>没有控制权</source>
        <translation>Not under your control</translation>
    </message>
    <message>
        <source>这路摄像机现在不由您控制，不需要释放。</source>
        <translation>You do not control this camera; there is nothing to release.</translation>
    </message>
    <message>
        <source>预置位已满</source>
        <translation>No room for presets</translation>
    </message>
    <message>
        <source>请先删除不用的预置位，再保存。</source>
        <translation>Delete presets that are not used, then save.</translation>
    </message>
    <message>
        <source>没有这个预置位</source>
        <translation>No such preset</translation>
    </message>
    <message>
        <source>它可能已被删除，请重新选择。</source>
        <translation>It may have been deleted. Choose again.</translation>
    </message>
    <message>
        <source>现在不能控制云台</source>
        <translation>Cameras cannot be moved now</translation>
    </message>
    <message>
        <source>与中心没有连接，摄像机不会转动。恢复后再试。</source>
        <translation>There is no link to the centre, so the camera will not move. Try again when it is back.</translation>
    </message>
    <message>
        <source>没有取得控制权</source>
        <translation>Control was not given</translation>
    </message>
    <message>
        <source>中心 {seconds} 秒内没有答复，请再试一次。</source>
        <translation>The centre did not answer within {seconds} s. Please try again.</translation>
    </message>
    <message>
        <source>中心没有接受</source>
        <translation>The centre did not take it</translation>
    </message>
    <message>
        <source>中心不接受这个要求，请稍后再试。</source>
        <translation>The centre refuses this wish. Please try later.</translation>
    </message>
    <message>
        <source>没有这一段录像</source>
        <translation>No such recording</translation>
    </message>
    <message>
        <source>所选时间没有录像，或已过保存期限。</source>
        <translation>Nothing was recorded then, or it is no longer kept.</translation>
    </message>
    <message>
        <source>申请已过时</source>
        <translation>The request came too late</translation>
    </message>
    <message>
        <source>申请送到时已晚，没有取得控制权。</source>
        <translation>It arrived too late; control was not given.</translation>
    </message>
    <message>
        <source>大屏上没有可显示的</source>
        <translation>Nothing to show on the big screen</translation>
    </message>
    <message>
        <source>中心没有这个对象，大屏没有变化。</source>
        <translation>The centre does not know it; the big screen is unchanged.</translation>
    </message>
    <message>
        <source>没有这项监测</source>
        <translation>No such instrument</translation>
    </message>
    <message>
        <source>中心没有这项监测，或已停用。</source>
        <translation>The centre does not know it, or it is retired.</translation>
    </message>
    <message>
        <source>文件是空的</source>
        <translation>The file is empty</translation>
    </message>
    <message>
        <source>请重新选择文件。</source>
        <translation>Please choose another file.</translation>
    </message>
    <message>
        <source>不能附这种文件</source>
        <translation>This kind of file cannot be attached</translation>
    </message>
    <message>
        <source>可以附照片（JPEG、PNG、WebP）、PDF 和 MP4 视频；类型按内容判断。</source>
        <translation>Photos (JPEG, PNG, WebP), PDF and MP4 video can; what counts is the content.</translation>
    </message>
    <message>
        <source>图片不完整</source>
        <translation>The picture is incomplete</translation>
    </message>
    <message>
        <source>文件已损坏或没有传完，请重新取得后再附。</source>
        <translation>The file is damaged or cut short. Get it again, then attach it.</translation>
    </message>
    <message>
        <source>图片尺寸过大</source>
        <translation>The picture is too large</translation>
    </message>
    <message>
        <source>超过四千万像素，请缩小后再附。</source>
        <translation>It has over 40 million pixels. Make it smaller, then attach it.</translation>
    </message>
    <message>
        <source>文件过大</source>
        <translation>The file is too large</translation>
    </message>
    <message>
        <source>超过中心允许的大小，请压缩或截取后再附。</source>
        <translation>The centre does not allow this size. Compress or cut it, then attach it.</translation>
    </message>
    <message>
        <source>文件读不出来</source>
        <translation>The file cannot be read</translation>
    </message>
    <message>
        <source>它可能已被移走或没有权限，请重新选择。</source>
        <translation>It may have been moved, or you may not read it. Choose again.</translation>
    </message>
    <message>
        <source>文件太多</source>
        <translation>Too many files</translation>
    </message>
    <message>
        <source>前面的文件还在处理，请稍后再附。</source>
        <translation>Earlier files are still being taken. Please wait a moment.</translation>
    </message>
    <message>
        <source>磁盘空间不足</source>
        <translation>The disk is nearly full</translation>
    </message>
    <message>
        <source>剩余空间不足 {mib} MB，暂不能附文件；其他操作不受影响。</source>
        <translation>Less than {mib} MB is left, so no files can be attached. Everything else works.</translation>
    </message>
    <message>
        <source>本机的附件已损坏</source>
        <translation>A stored attachment is damaged</translation>
    </message>
    <message>
        <source>有附件读不出来，已单独存放。请重新附上，并告诉管理员。</source>
        <translation>It cannot be read and was set aside. Attach it again, and tell the administrator.</translation>
    </message>
    <message>
        <source>中心不接收附件</source>
        <translation>The centre takes no attachments</translation>
    </message>
    <message>
        <source>附件留在本机，没有送达。请告诉管理员。</source>
        <translation>It stays here and was not delivered. Tell the administrator.</translation>
    </message>
    <message>
        <source>中心不接收这种文件</source>
        <translation>The centre does not take this kind of file</translation>
    </message>
    <message>
        <source>附件留在本机，没有送达。请换一种格式重新附上。</source>
        <translation>It stays here and was not delivered. Attach it in another format.</translation>
    </message>
    <message>
        <source>附件内容核对不上</source>
        <translation>The attachment does not match</translation>
    </message>
    <message>
        <source>传送中出错，已从头再传。</source>
        <translation>It was garbled on the way and is being sent anew.</translation>
    </message>
    <message>
        <source>附件正由另一处传送</source>
        <translation>The attachment is being sent elsewhere</translation>
    </message>
    <message>
        <source>稍后自动继续。</source>
        <translation>It goes on by itself.</translation>
    </message>
    <message>
        <source>附件续传位置不对</source>
        <translation>The attachment&apos;s parts do not fit</translation>
    </message>
    <message>
        <source>已重新核对，自动继续。</source>
        <translation>Checked again; it goes on by itself.</translation>
    </message>
    <message>
        <source>附件还没有送到中心</source>
        <translation>The attachment has not reached the centre</translation>
    </message>
    <message>
        <source>附它的席位可能还在离线，送到后即可查看。</source>
        <translation>The seat it comes from may be offline. It can be seen once it is there.</translation>
    </message>
    <message>
        <source>磁盘空间不足，没有导出</source>
        <translation>The disk is full; nothing was exported</translation>
    </message>
    <message>
        <source>没有留下不完整的文件：{path}</source>
        <translation>No incomplete file was left: {path}</translation>
    </message>
    <message>
        <source>没有权限写入这里</source>
        <translation>You may not write here</translation>
    </message>
    <message>
        <source>请换一个文件夹：{path}</source>
        <translation>Choose another folder: {path}</translation>
    </message>
    <message>
        <source>文件正被其他程序打开</source>
        <translation>Another program has the file open</translation>
    </message>
    <message>
        <source>请先关闭它，或换一个文件名：{path}</source>
        <translation>Close it there, or choose another name: {path}</translation>
    </message>
    <message>
        <source>没有这个文件夹</source>
        <translation>No such folder</translation>
    </message>
    <message>
        <source>请选择已有的文件夹：{path}</source>
        <translation>Choose a folder that exists: {path}</translation>
    </message>
    <message>
        <source>这个文件名不能用</source>
        <translation>This name cannot be used</translation>
    </message>
    <message>
        <source>请换一个文件名：{path}</source>
        <translation>Choose another name: {path}</translation>
    </message>
    <message>
        <source>未能导出</source>
        <translation>Not exported</translation>
    </message>
    <message>
        <source>文件没有写成，原有的文件没有改动：{path}</source>
        <translation>The file was not written; the one before is unchanged: {path}</translation>
    </message>
    <message>
        <source>已停止导出</source>
        <translation>Export stopped</translation>
    </message>
    <message>
        <source>没有留下不完整的文件。</source>
        <translation>No incomplete file was left.</translation>
    </message>
    <message>
        <source>没有可导出的工单</source>
        <translation>Nothing to export</translation>
    </message>
    <message>
        <source>换一个筛选，或先选择工单。</source>
        <translation>Change the filter, or mark orders first.</translation>
    </message>
    <message>
        <source>打印机没有接收</source>
        <translation>The printer did not take it</translation>
    </message>
    <message>
        <source>请检查打印机，或改存为 PDF。</source>
        <translation>Check the printer, or save as PDF.</translation>
    </message>
</context>
<context>
    <name>GridDrawing</name>
    <message>
        <source>拖选单元格合并为大窗格</source>
        <translation>Drag over cells to join them</translation>
    </message>
</context>
<context>
    <name>GridEditor</name>
    <message>
        <source>列</source>
        <translation>Columns</translation>
    </message>
    <message>
        <source>行</source>
        <translation>Rows</translation>
    </message>
    <message>
        <source>使用</source>
        <translation>Use</translation>
    </message>
    <message>
        <source>最多 {cap} 个窗格：减少行列，或拖选单元格合并</source>
        <translation>At most {cap} panes: fewer rows or columns, or join cells</translation>
    </message>
    <message>
        <source>（布局 {name}）</source>
        <translation> (layout {name})</translation>
    </message>
    <message>
        <source>{count} 个窗格{known}；拖选单元格合并，单击大窗格拆开</source>
        <translation>{count} panes{known}; drag to join cells, click a large one to split</translation>
    </message>
</context>
<context>
    <name>HallPresenter</name>
    <message>
        <source>没有选中对象</source>
        <translation>Nothing is selected</translation>
    </message>
    <message>
        <source>先选中工单、事件或摄像机，再请大屏显示。</source>
        <translation>Select an order, an incident or a camera first, then ask for it on the big screen.</translation>
    </message>
    <message>
        <source>{by} 请看：{title}</source>
        <translation>{by} asks to look at: {title}</translation>
    </message>
    <message>
        <source>请大屏和各席位一起查看。</source>
        <translation>Big screens and all seats are asked to look.</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Look</translation>
    </message>
    <message>
        <source>已请大屏显示</source>
        <translation>Asked for on the big screen</translation>
    </message>
    <message>
        <source>各席位都收到了提示。</source>
        <translation>All seats were told.</translation>
    </message>
</context>
<context>
    <name>HistoryList</name>
    <message>
        <source>经过</source>
        <translation>History</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>待发送</source>
        <translation>Unsent</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>快捷键</source>
        <translation>Shortcuts</translation>
    </message>
    <message>
        <source>Esc 关闭</source>
        <translation>Esc closes</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>到处</source>
        <translation>Everywhere</translation>
    </message>
    <message>
        <source>搜索与命令</source>
        <translation>Search and commands</translation>
    </message>
    <message>
        <source>总览、视频墙、工单、地图</source>
        <translation>Overview, wall, orders, map</translation>
    </message>
    <message>
        <source>全屏</source>
        <translation>Full screen</translation>
    </message>
    <message>
        <source>确认最前面的预警</source>
        <translation>Acknowledge the first alert</translation>
    </message>
    <message>
        <source>取消选择，离开浮层</source>
        <translation>Deselect, leave an overlay</translation>
    </message>
    <message>
        <source>本表</source>
        <translation>This sheet</translation>
    </message>
    <message>
        <source>工单</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>搜索工单</source>
        <translation>Search orders</translation>
    </message>
    <message>
        <source>上报新工单</source>
        <translation>Report a new order</translation>
    </message>
    <message>
        <source>下一条、上一条</source>
        <translation>Next, previous</translation>
    </message>
    <message>
        <source>选一件、选一段</source>
        <translation>Mark one, mark a range</translation>
    </message>
    <message>
        <source>全选列表，字母键即批量操作</source>
        <translation>Mark the list; letters act on all</translation>
    </message>
    <message>
        <source>导出列表或工单</source>
        <translation>Export list or order</translation>
    </message>
    <message>
        <source>打印列表或工单</source>
        <translation>Print list or order</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>放大、缩小</source>
        <translation>Zoom in, zoom out</translation>
    </message>
    <message>
        <source>移动</source>
        <translation>Move</translation>
    </message>
    <message>
        <source>下一个标记、上一个</source>
        <translation>Next marker, the one before</translation>
    </message>
    <message>
        <source>看全图，恢复自动视野</source>
        <translation>See the whole map, fit by itself again</translation>
    </message>
    <message>
        <source>视频墙</source>
        <translation>Video wall</translation>
    </message>
    <message>
        <source>选择窗格；两位连按</source>
        <translation>Select a pane; two digits in a row</translation>
    </message>
    <message>
        <source>三位或 0 开头：按编号调摄像机</source>
        <translation>Three digits, or from 0: a camera by number</translation>
    </message>
    <message>
        <source>相邻窗格</source>
        <translation>Neighbouring pane</translation>
    </message>
    <message>
        <source>放大到整面墙，再按还原</source>
        <translation>Fill the wall, again to restore</translation>
    </message>
    <message>
        <source>找摄像机，Enter 放入窗格</source>
        <translation>Find a camera, Enter puts it in the pane</translation>
    </message>
    <message>
        <source>布局</source>
        <translation>Layout</translation>
    </message>
    <message>
        <source>视图</source>
        <translation>View</translation>
    </message>
    <message>
        <source>保存视图</source>
        <translation>Save the view</translation>
    </message>
    <message>
        <source>锁定、解锁视图</source>
        <translation>Lock, unlock the view</translation>
    </message>
    <message>
        <source>撤销、重做墙的改动</source>
        <translation>Undo, redo a change of the wall</translation>
    </message>
    <message>
        <source>画面信息；加 Alt 全部窗格</source>
        <translation>Picture details; with Alt all panes</translation>
    </message>
    <message>
        <source>复制国标编码</source>
        <translation>Copy the national code</translation>
    </message>
    <message>
        <source>保存窗格画面</source>
        <translation>Keep the pane&apos;s picture</translation>
    </message>
    <message>
        <source>清空窗格</source>
        <translation>Empty the pane</translation>
    </message>
    <message>
        <source>与相邻窗格交换画面</source>
        <translation>Swap with the next pane</translation>
    </message>
    <message>
        <source>画面放大、缩小</source>
        <translation>Enlarge, reduce the picture</translation>
    </message>
    <message>
        <source>移动放大的画面</source>
        <translation>Move the enlarged picture</translation>
    </message>
    <message>
        <source>视频墙窗口</source>
        <translation>Wall windows</translation>
    </message>
    <message>
        <source>取消放大</source>
        <translation>End the zoom</translation>
    </message>
    <message>
        <source>墙上：轮巡、报警、云台</source>
        <translation>Wall: tours, alarms, camera control</translation>
    </message>
    <message>
        <source>轮巡，再按结束</source>
        <translation>Tour, again to end</translation>
    </message>
    <message>
        <source>轮巡中换页</source>
        <translation>Pages of a tour</translation>
    </message>
    <message>
        <source>轮巡暂停、继续</source>
        <translation>Pause the tour, go on</translation>
    </message>
    <message>
        <source>确认窗格的报警，否则最紧急的</source>
        <translation>Acknowledge the pane&apos;s alarm, or the gravest</translation>
    </message>
    <message>
        <source>云台：方向键、＋－ 按住移动</source>
        <translation>Camera control: hold arrows, + −</translation>
    </message>
    <message>
        <source>云台预置位；加 Ctrl 保存</source>
        <translation>Presets; with Ctrl save</translation>
    </message>
    <message>
        <source>云台慢、快</source>
        <translation>Slower, faster</translation>
    </message>
    <message>
        <source>回放最近 30 秒，再按回到实时；加 Shift 暂停</source>
        <translation>Replay 30 s, again for live; Shift pauses</translation>
    </message>
    <message>
        <source>窗格的声音，也可 Alt+U</source>
        <translation>Sound of the pane, or Alt+U</translation>
    </message>
    <message>
        <source>为窗格的摄像机生成故障工单</source>
        <translation>Fault order for the pane&apos;s camera</translation>
    </message>
    <message>
        <source>把最近截图附到所选工单</source>
        <translation>Attach the last snapshot to the selected order</translation>
    </message>
    <message>
        <source>所选工单</source>
        <translation>The chosen order</translation>
    </message>
</context>
<context>
    <name>Labels</name>
    <message>
        <source>一般</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>紧急</source>
        <translation>Urgent</translation>
    </message>
    <message>
        <source>特急</source>
        <translation>Critical</translation>
    </message>
    <message>
        <source>12345 热线</source>
        <translation>12345 hotline</translation>
    </message>
    <message>
        <source>网格巡查</source>
        <translation>Grid patrol</translation>
    </message>
    <message>
        <source>智能发现</source>
        <translation>Smart finding</translation>
    </message>
    <message>
        <source>部门移送</source>
        <translation>Department</translation>
    </message>
    <message>
        <source>领导交办</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>居村上报</source>
        <translation>Neighbourhood</translation>
    </message>
    <message>
        <source>随手拍</source>
        <translation>Citizen photo</translation>
    </message>
    <message>
        <source>值守台</source>
        <translation>This desk</translation>
    </message>
    <message>
        <source>平台值班长</source>
        <translation>Duty chief</translation>
    </message>
    <message>
        <source>热线信息员</source>
        <translation>Hotline clerk</translation>
    </message>
    <message>
        <source>网格信息员</source>
        <translation>Grid clerk</translation>
    </message>
    <message>
        <source>一网统管信息员</source>
        <translation>Platform clerk</translation>
    </message>
    <message>
        <source>网格辅助员</source>
        <translation>Patrol</translation>
    </message>
    <message>
        <source>处置部门</source>
        <translation>Handling unit</translation>
    </message>
    <message>
        <source>应急联络员</source>
        <translation>Emergency coordinator</translation>
    </message>
    <message>
        <source>领导</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>观察</source>
        <translation>Observer</translation>
    </message>
    <message>
        <source>诉求人</source>
        <translation>Caller</translation>
    </message>
    <message>
        <source>承办单位</source>
        <translation>Unit in charge</translation>
    </message>
    <message>
        <source>居委</source>
        <translation>Neighbourhood</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>满意</source>
        <translation>Satisfied</translation>
    </message>
    <message>
        <source>基本满意</source>
        <translation>Fairly satisfied</translation>
    </message>
    <message>
        <source>不满意</source>
        <translation>Dissatisfied</translation>
    </message>
    <message>
        <source>未联系上</source>
        <translation>Not reached</translation>
    </message>
    <message>
        <source>居村</source>
        <translation>Neighbourhood</translation>
    </message>
    <message>
        <source>街镇</source>
        <translation>Street</translation>
    </message>
    <message>
        <source>区级</source>
        <translation>District</translation>
    </message>
    <message>
        <source>市级</source>
        <translation>City</translation>
    </message>
    <message>
        <source>红</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>橙</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>黄</source>
        <translation>Yellow</translation>
    </message>
    <message>
        <source>蓝</source>
        <translation>Blue</translation>
    </message>
    <message>
        <source>待发送</source>
        <translation>Unsent</translation>
    </message>
    <message>
        <source>发送中</source>
        <translation>Sending</translation>
    </message>
    <message>
        <source>已送达</source>
        <translation>Delivered</translation>
    </message>
    <message>
        <source>有冲突</source>
        <translation>Conflict</translation>
    </message>
    <message>
        <source>被拒绝</source>
        <translation>Rejected</translation>
    </message>
</context>
<context>
    <name>LayoutButton</name>
    <message>
        <source>布局 {name}</source>
        <translation>Layout {name}</translation>
    </message>
</context>
<context>
    <name>LayoutChoice</name>
    <message>
        <source>窗格布局，现为 {name}</source>
        <translation>Pane layout, now {name}</translation>
    </message>
    <message>
        <source>窗格布局 (G)</source>
        <translation>Pane layout (G)</translation>
    </message>
</context>
<context>
    <name>LayoutMenu</name>
    <message>
        <source>窗格布局</source>
        <translation>Pane layout</translation>
    </message>
    <message>
        <source>自定义</source>
        <translation>Custom</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>事件</source>
        <translation>Incident</translation>
    </message>
    <message>
        <source>工单</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>预警</source>
        <translation>Alert</translation>
    </message>
    <message>
        <source>可视</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>不可用</source>
        <translation>Not working</translation>
    </message>
    <message>
        <source>图例</source>
        <translation>Legend</translation>
    </message>
</context>
<context>
    <name>LinkButton</name>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>LockVeil</name>
    <message>
        <source>席位已锁定</source>
        <translation>Seat locked</translation>
    </message>
    <message>
        <source>口令</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>解锁</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>换人登录</source>
        <translation>Sign in as another</translation>
    </message>
    <message>
        <source>画面和预警照常，操作已停用。</source>
        <translation>Video and alerts go on; actions are off.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>城运值守台</source>
        <translation>Watchfloor</translation>
    </message>
</context>
<context>
    <name>MapPanel</name>
    <message>
        <source>事件</source>
        <translation>Incidents</translation>
    </message>
    <message>
        <source>工单</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>摄像机</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>网格</source>
        <translation>Grid</translation>
    </message>
    <message>
        <source>自动视野</source>
        <translation>Auto view</translation>
    </message>
    <message>
        <source>随事件调整视野；手动移动后锁定，点击恢复</source>
        <translation>The view follows what happens; moving it locks it, a click frees it</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>没有底图</source>
        <translation>No base map</translation>
    </message>
    <message>
        <source>尚未安装底图；标记仍按坐标显示。</source>
        <translation>No base map is installed; markers still stand at their coordinates.</translation>
    </message>
    <message>
        <source>底图文件里没有可以显示的内容；标记仍按坐标显示。</source>
        <translation>The base map holds nothing to show; markers still stand at their coordinates.</translation>
    </message>
    <message>
        <source>底图缺损 {n} 处</source>
        <translation>{n} base map defects</translation>
    </message>
    <message>
        <source>坐标异常 {n}</source>
        <translation>{n} odd coordinates</translation>
    </message>
    <message>
        <source>视野已锁定</source>
        <translation>View locked</translation>
    </message>
</context>
<context>
    <name>MapPresenter</name>
    <message>
        <source>{count} 路可视 · 最近 {metres} m</source>
        <translation>{count} cameras · nearest {metres} m</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>事件 {n}</source>
        <translation>{n} incidents</translation>
    </message>
    <message>
        <source>工单 {n}</source>
        <translation>{n} orders</translation>
    </message>
    <message>
        <source>摄像机 {n}</source>
        <translation>{n} cameras</translation>
    </message>
    <message>
        <source>坐标异常 {n}</source>
        <translation>{n} odd coordinates</translation>
    </message>
    <message>
        <source>已选 {title}</source>
        <translation>{title} selected</translation>
    </message>
</context>
<context>
    <name>MarksBar</name>
    <message>
        <source>已选工单</source>
        <translation>Marked orders</translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>更多批量操作</source>
        <translation>More for several orders</translation>
    </message>
    <message>
        <source>取消选择  Esc</source>
        <translation>Unmark  Esc</translation>
    </message>
    <message>
        <source>取消选择</source>
        <translation>Unmark</translation>
    </message>
    <message>
        <source>{label}（{key}）</source>
        <translation>{label} ({key})</translation>
    </message>
</context>
<context>
    <name>MarksPresenter</name>
    <message>
        <source>列表共 {total} 件，一次最多选 {cap} 件。</source>
        <translation>The list has {total}; {cap} can be marked at once.</translation>
    </message>
    <message>
        <source>已选 {count} 件</source>
        <translation>{count} marked</translation>
    </message>
</context>
<context>
    <name>MessageRow</name>
    <message>
        <source>收起消息</source>
        <translation>Dismiss</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>MessageStrip</name>
    <message>
        <source>消息</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Fewer</translation>
    </message>
    <message>
        <source>还有 {count} 条</source>
        <translation>{count} more</translation>
    </message>
</context>
<context>
    <name>Meter</name>
    <message>
        <source>视频接入 {flow} Mbit/s</source>
        <translation>Video takes in {flow} Mbit/s</translation>
    </message>
    <message>
        <source>解码占本机 {load}</source>
        <translation>decoding uses {load} of this machine</translation>
    </message>
    <message>
        <source>预算 {budget} Mbit/s</source>
        <translation>budget {budget} Mbit/s</translation>
    </message>
    <message>
        <source>{count} 个窗格因预算改用子码流</source>
        <translation>{count} panes on the sub stream for the budget</translation>
    </message>
    <message>
        <source>正在逐个改用子码流</source>
        <translation>panes are stepping down to the sub stream</translation>
    </message>
    <message>
        <source>已无可降的主码流，仍超出预算</source>
        <translation>no main stream is left to step down; still over the budget</translation>
    </message>
    <message>
        <source>{flow} Mbit/s · CPU {load}</source>
        <translation>{flow} Mbit/s · CPU {load}</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>视频流量不设上限</source>
        <translation>No bound for video traffic</translation>
    </message>
    <message>
        <source>至多 {budget} Mbit/s</source>
        <translation>At most {budget} Mbit/s</translation>
    </message>
</context>
<context>
    <name>MiniMap</name>
    <message>
        <source>地点小图</source>
        <translation>Small map</translation>
    </message>
    <message>
        <source>没有底图</source>
        <translation>No map</translation>
    </message>
</context>
<context>
    <name>NameCard</name>
    <message>
        <source>视图名称</source>
        <translation>Name of the view</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>Nearest</name>
    <message>
        <source>{side}侧</source>
        <translation>{side}</translation>
    </message>
    <message>
        <source>朝向此处</source>
        <translation>looks here</translation>
    </message>
    <message>
        <source>未朝向此处</source>
        <translation>looks elsewhere</translation>
    </message>
</context>
<context>
    <name>NewOrder</name>
    <message>
        <source>未定</source>
        <translation>Not decided</translation>
    </message>
    <message>
        <source>草稿已保存</source>
        <translation>Draft kept</translation>
    </message>
    <message>
        <source>附近有 {count} 件可能是同一件事，双击查看</source>
        <translation>{count} nearby may be about the same; double click to look</translation>
    </message>
    <message>
        <source>像“{kind}”（{words}），条线 {module}</source>
        <translation>Like &quot;{kind}&quot; ({words}), module {module}</translation>
    </message>
    <message>
        <source>此处以往 {count} 件，最近：{title} · {state} · {time}</source>
        <translation>{count} here before, the last: {title} · {state} · {time}</translation>
    </message>
</context>
<context>
    <name>NewOrderForm</name>
    <message>
        <source>新工单</source>
        <translation>New order</translation>
    </message>
    <message>
        <source>标题</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>一句话：什么事</source>
        <translation>In one line: what happened</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>输入地址，或在地图上点选</source>
        <translation>Type an address, or click on the map</translation>
    </message>
    <message>
        <source>诉求人</source>
        <translation>Caller</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>描述</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>采用</source>
        <translation>Take it</translation>
    </message>
    <message>
        <source>上报</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>没有坐标</source>
        <translation>No position</translation>
    </message>
    <message>
        <source>采用：{words}，Alt+M</source>
        <translation>Take it: {words}, Alt+M</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>条线</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>紧急程度</source>
        <translation>Urgency</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Ctrl+Enter 上报 · Esc 收起</source>
        <translation>Ctrl+Enter reports · Esc puts aside</translation>
    </message>
    <message>
        <source>请填写：{label}</source>
        <translation>Please fill in: {label}</translation>
    </message>
</context>
<context>
    <name>NewPasswordForm</name>
    <message>
        <source>修改口令</source>
        <translation>Change password</translation>
    </message>
    <message>
        <source>现口令</source>
        <translation>Present password</translation>
    </message>
    <message>
        <source>新口令</source>
        <translation>New password</translation>
    </message>
    <message>
        <source>再输入一次</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>以后再改</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>请填写现口令和新口令</source>
        <translation>Enter the present and the new password</translation>
    </message>
    <message>
        <source>两次输入不一致</source>
        <translation>The two are not the same</translation>
    </message>
    <message>
        <source>新口令和现口令相同</source>
        <translation>The new password is the present one</translation>
    </message>
</context>
<context>
    <name>NoticeCard</name>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>立即重试</source>
        <translation>Try again now</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>修改口令</source>
        <translation>Change password</translation>
    </message>
</context>
<context>
    <name>OrderDetail</name>
    <message>
        <source>限 {time}</source>
        <translation>by {time}</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>承办</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>派</source>
        <translation>Dispatch to</translation>
    </message>
    <message>
        <source>建议</source>
        <translation>Suggested</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>诉求人</source>
        <translation>Caller</translation>
    </message>
    <message>
        <source>描述</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>（共 {count} 字，其余未显示）</source>
        <translation> ({count} characters in all; the rest is not shown)</translation>
    </message>
    <message>
        <source>已超期 {length}，建议上提一级</source>
        <translation>Late by {length}; raise it one level?</translation>
    </message>
    <message>
        <source>{length} 无人处理，建议上提一级</source>
        <translation>Untouched for {length}; raise it one level?</translation>
    </message>
    <message>
        <source>报{level}协调。说明已拟好，由您确认后才会发出。</source>
        <translation>To the {level}. The text is prepared and goes out only when you confirm.</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Look</translation>
    </message>
    <message>
        <source>答复应于 {due}（超期 {left}）</source>
        <translation>Answer due {due} (late by {left})</translation>
    </message>
    <message>
        <source>答复应于 {due}（还有 {left}）</source>
        <translation>Answer due {due} ({left} left)</translation>
    </message>
    <message>
        <source>督办：{who}</source>
        <translation>Supervised by {who}</translation>
    </message>
    <message>
        <source>延期申请</source>
        <translation>Asked for time</translation>
    </message>
    <message>
        <source>退回审核</source>
        <translation>Return review</translation>
    </message>
    <message>
        <source>{name} 已初审，待另一人审批</source>
        <translation>Reviewed by {name}, waiting for another&apos;s approval</translation>
    </message>
    <message>
        <source>待初审</source>
        <translation>Waiting for review</translation>
    </message>
    <message>
        <source>第 {count} 次，到 {until}</source>
        <translation>No. {count}, until {until}</translation>
    </message>
    <message>
        <source>延期</source>
        <translation>Extended</translation>
    </message>
    <message>
        <source>已并入</source>
        <translation>Merged into</translation>
    </message>
    <message>
        <source>层级</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>回访</source>
        <translation>Call back</translation>
    </message>
    <message>
        <source>没有时限</source>
        <translation>No limit</translation>
    </message>
    <message>
        <source>{stage} · {time} 到</source>
        <translation>{stage} · by {time}</translation>
    </message>
    <message>
        <source>系统</source>
        <translation>System</translation>
    </message>
    <message>
        <source>本席</source>
        <translation>This seat</translation>
    </message>
    <message>
        <source>{verb}：{text}</source>
        <translation>{verb}: {text}</translation>
    </message>
    <message>
        <source>另有 {count} 条更早的记录</source>
        <translation>{count} earlier entries</translation>
    </message>
    <message>
        <source>派给</source>
        <translation>Dispatch to</translation>
    </message>
    <message>
        <source>转给</source>
        <translation>Transfer to</translation>
    </message>
    <message>
        <source>延期到</source>
        <translation>Extend to</translation>
    </message>
    <message>
        <source>并入</source>
        <translation>Merge into</translation>
    </message>
    <message>
        <source>与谁通话</source>
        <translation>Call with</translation>
    </message>
    <message>
        <source>回访结果</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>派错单位</source>
        <translation>Wrong unit</translation>
    </message>
    <message>
        <source>值班长立即改派</source>
        <translation>The duty chief re-dispatches at once</translation>
    </message>
    <message>
        <source>无需处置</source>
        <translation>No need to handle</translation>
    </message>
    <message>
        <source>退回类别</source>
        <translation>Kind of return</translation>
    </message>
    <message>
        <source>{number} 在{unit}已 {length} 无人处理，现为“{state}”，时限 {due}，请{level}协调。</source>
        <translation>{number} has lain untouched at {unit} for {length}. State &quot;{state}&quot;, limit {due}. Please coordinate, {level}.</translation>
    </message>
    <message>
        <source>{number} 已超期 {length}，现为“{state}”，承办 {unit}，时限 {due}，请{level}协调。</source>
        <translation>{number} is late by {length}. State &quot;{state}&quot;, handled by {unit}, limit {due}. Please coordinate, {level}.</translation>
    </message>
    <message>
        <source>{days} 天</source>
        <translation>{days} d</translation>
    </message>
    <message>
        <source>挂起到</source>
        <translation>Suspend until</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>须初审和批准</source>
        <translation>Needs review and approval</translation>
    </message>
    <message>
        <source>{unit}：本单时限 {due} 已过，请立即办理并反馈。</source>
        <translation>{unit}: the limit {due} has passed; please act and report at once.</translation>
    </message>
    <message>
        <source>{unit}：本单时限 {due}，请抓紧办理。</source>
        <translation>{unit}: the limit is {due}; please go ahead.</translation>
    </message>
    <message>
        <source>{number} 现为“{state}”，承办 {unit}，时限 {due}，请{level}协调。</source>
        <translation>{number} is in state &quot;{state}&quot; with {unit}, limit {due}; please coordinate at level {level}.</translation>
    </message>
</context>
<context>
    <name>OrderLinks</name>
    <message>
        <source>附近摄像机（{metres} m 内 {count} 路可用）</source>
        <translation>Cameras near by ({count} working within {metres} m)</translation>
    </message>
    <message>
        <source>关联事件</source>
        <translation>Linked incident</translation>
    </message>
    <message>
        <source>疑似重复</source>
        <translation>Perhaps the same</translation>
    </message>
    <message>
        <source>已并入本单</source>
        <translation>Merged into this</translation>
    </message>
    <message>
        <source>此处与此人以往</source>
        <translation>Before, here or by this caller</translation>
    </message>
    <message>
        <source>相似的已办工单</source>
        <translation>Past orders like it</translation>
    </message>
    <message>
        <source>{metres} m {side}</source>
        <translation>{metres} m {side}</translation>
    </message>
    <message>
        <source>朝向此处</source>
        <translation>looks here</translation>
    </message>
    <message>
        <source>背向</source>
        <translation>looks away</translation>
    </message>
    <message>
        <source>可转动</source>
        <translation>can turn</translation>
    </message>
</context>
<context>
    <name>OrderListView</name>
    <message>
        <source>工单列表</source>
        <translation>Order list</translation>
    </message>
</context>
<context>
    <name>Orders</name>
    <message>
        <source>超期 {length}</source>
        <translation>Late {length}</translation>
    </message>
    <message>
        <source>临期 {length}</source>
        <translation>Near {length}</translation>
    </message>
    <message>
        <source>待发送</source>
        <translation>Unsent</translation>
    </message>
    <message>
        <source>督办</source>
        <translation>Supervised</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>PaneDetails</name>
    <message>
        <source>已复制 {code}</source>
        <translation>{code} copied</translation>
    </message>
</context>
<context>
    <name>PaneMenu</name>
    <message>
        <source>窗格菜单</source>
        <translation>Pane menu</translation>
    </message>
    <message>
        <source>{text}（{reason}）</source>
        <translation>{text} ({reason})</translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>自动（按窗格大小和本机负荷）</source>
        <translation>Automatic (by size and load)</translation>
    </message>
    <message>
        <source>子码流</source>
        <translation>Sub stream</translation>
    </message>
    <message>
        <source>主码流</source>
        <translation>Main stream</translation>
    </message>
    <message>
        <source>还原布局</source>
        <translation>Restore the layout</translation>
    </message>
    <message>
        <source>放大到整面墙</source>
        <translation>Fill the wall</translation>
    </message>
    <message>
        <source>码流</source>
        <translation>Stream</translation>
    </message>
    <message>
        <source>画面信息</source>
        <translation>Picture details</translation>
    </message>
    <message>
        <source>复制国标编码</source>
        <translation>Copy the national code</translation>
    </message>
    <message>
        <source>保存画面</source>
        <translation>Save the picture</translation>
    </message>
    <message>
        <source>移除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>国标编码</source>
        <translation>National code</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>速率</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>画面距今</source>
        <translation>Picture age</translation>
    </message>
    <message>
        <source>格式</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
</context>
<context>
    <name>PaperPreview</name>
    <message>
        <source>打印预览</source>
        <translation>Print preview</translation>
    </message>
    <message>
        <source>上一页</source>
        <translation>Previous page</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>第 {page} / {count} 页</source>
        <translation>Page {page} of {count}</translation>
    </message>
</context>
<context>
    <name>PassphrasePage</name>
    <message>
        <source>口令短语</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>再输入一次</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>退出程序</source>
        <translation>Quit</translation>
    </message>
    <message>
        <source>设置口令短语</source>
        <translation>Set a passphrase</translation>
    </message>
    <message>
        <source>输入口令短语</source>
        <translation>Enter the passphrase</translation>
    </message>
    <message>
        <source>请输入口令短语</source>
        <translation>Please enter the passphrase</translation>
    </message>
    <message>
        <source>至少 {count} 个字符</source>
        <translation>At least {count} characters</translation>
    </message>
    <message>
        <source>两次输入不一致</source>
        <translation>The two entries differ</translation>
    </message>
</context>
<context>
    <name>PasswordPresenter</name>
    <message>
        <source>至少 {count} 位</source>
        <translation>{count} characters or more</translation>
    </message>
    <message>
        <source>字母</source>
        <translation>letters</translation>
    </message>
    <message>
        <source>数字</source>
        <translation>digits</translation>
    </message>
    <message>
        <source>符号</source>
        <translation>symbols</translation>
    </message>
    <message>
        <source>不同于前 {count} 次</source>
        <translation>none of the last {count}</translation>
    </message>
    <message>
        <source>口令已修改</source>
        <translation>Password changed</translation>
    </message>
    <message>
        <source>下次登录和解锁席位请用新口令。</source>
        <translation>Use the new one from the next sign-in on, and to unlock the seat.</translation>
    </message>
</context>
<context>
    <name>PhotoStrip</name>
    <message>
        <source>附件 {count}</source>
        <translation>Attachments {count}</translation>
    </message>
</context>
<context>
    <name>PhotoViewer</name>
    <message>
        <source>查看附件</source>
        <translation>Attachment</translation>
    </message>
    <message>
        <source>← → 上一张、下一张 · ＋ − 缩放 · 0 还原 · Esc 关闭</source>
        <translation>← → previous, next · + − zoom · 0 fit · Esc closes</translation>
    </message>
    <message>
        <source>正在取图…</source>
        <translation>Fetching…</translation>
    </message>
</context>
<context>
    <name>Photos</name>
    <message>
        <source>选择照片或文件</source>
        <translation>Choose photos or files</translation>
    </message>
    <message>
        <source>照片、PDF、视频 ({patterns})</source>
        <translation>Photos, PDF, video ({patterns})</translation>
    </message>
    <message>
        <source>粘贴 {time}</source>
        <translation>Pasted {time}</translation>
    </message>
    <message>
        <source>待上传</source>
        <translation>To be sent</translation>
    </message>
    <message>
        <source>上传中 {share}</source>
        <translation>Sending {share}</translation>
    </message>
</context>
<context>
    <name>Ptz</name>
    <message>
        <source>云台控制</source>
        <translation>Camera control</translation>
    </message>
    <message>
        <source>窗格里没有摄像机</source>
        <translation>No camera in the pane</translation>
    </message>
    <message>
        <source>固定机位，没有云台</source>
        <translation>Fixed camera</translation>
    </message>
    <message>
        <source>您的角色不能控制云台</source>
        <translation>Your role may not move cameras</translation>
    </message>
    <message>
        <source>正在申请控制权…</source>
        <translation>Asking for control…</translation>
    </message>
    <message>
        <source>没有第 {number} 个预置位</source>
        <translation>No preset {number}</translation>
    </message>
    <message>
        <source>预置位 {number}</source>
        <translation>Preset {number}</translation>
    </message>
    <message>
        <source>已保存：{name}</source>
        <translation>Saved: {name}</translation>
    </message>
    <message>
        <source>申请控制</source>
        <translation>Take control</translation>
    </message>
    <message>
        <source>不再等待</source>
        <translation>Stop waiting</translation>
    </message>
    <message>
        <source>空出时接管</source>
        <translation>Take when free</translation>
    </message>
    <message>
        <source>由您控制，{seconds} 秒无操作后释放</source>
        <translation>Yours; released after {seconds} s untouched</translation>
    </message>
    <message>
        <source>{name} 正在控制，自 {since}</source>
        <translation>{name} controls it since {since}</translation>
    </message>
    <message>
        <source>；空出后由您控制</source>
        <translation>; yours when free</translation>
    </message>
    <message>
        <source>无人控制</source>
        <translation>Nobody controls it</translation>
    </message>
</context>
<context>
    <name>PtzPad</name>
    <message>
        <source>云台控制</source>
        <translation>Camera control</translation>
    </message>
    <message>
        <source>强制接管…</source>
        <translation>Take by force…</translation>
    </message>
    <message>
        <source>接管原因，回车确认</source>
        <translation>Reason, Enter confirms</translation>
    </message>
    <message>
        <source>接管原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>速度 {step}</source>
        <translation>Speed {step}</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>关闭云台</source>
        <translation>Close control</translation>
    </message>
    <message>
        <source>上</source>
        <translation>Up</translation>
    </message>
    <message>
        <source>左</source>
        <translation>Left</translation>
    </message>
    <message>
        <source>右</source>
        <translation>Right</translation>
    </message>
    <message>
        <source>下</source>
        <translation>Down</translation>
    </message>
    <message>
        <source>拉近</source>
        <translation>Zoom in</translation>
    </message>
    <message>
        <source>推远</source>
        <translation>Zoom out</translation>
    </message>
    <message>
        <source>速度，按 [ 和 ] 调整</source>
        <translation>Speed, [ and ] change it</translation>
    </message>
    <message>
        <source>方向键、＋－ 按住移动 · 1–9 预置位，Ctrl 保存 · [ ] 速度</source>
        <translation>Hold arrows, + − to move · 1–9 presets, Ctrl saves · [ ] speed</translation>
    </message>
    <message>
        <source>预置位 {number} {name}</source>
        <translation>Preset {number} {name}</translation>
    </message>
</context>
<context>
    <name>QueueFilter</name>
    <message>
        <source>环节</source>
        <translation>Stage</translation>
    </message>
    <message>
        <source>紧急程度</source>
        <translation>Urgency</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>条线</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>承办单位</source>
        <translation>Unit in charge</translation>
    </message>
    <message>
        <source>网格</source>
        <translation>Grid cell</translation>
    </message>
    <message>
        <source>居委</source>
        <translation>Neighbourhood</translation>
    </message>
    <message>
        <source>紧急程度、时限</source>
        <translation>Urgency, then limit</translation>
    </message>
    <message>
        <source>剩余时间</source>
        <translation>Time left</translation>
    </message>
    <message>
        <source>上报时间</source>
        <translation>Reported</translation>
    </message>
    <message>
        <source>反向</source>
        <translation>Reverse</translation>
    </message>
    <message>
        <source>最近变动</source>
        <translation>Last changed</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>存为视图</source>
        <translation>Keep as a view</translation>
    </message>
    <message>
        <source>未填</source>
        <translation>None</translation>
    </message>
    <message>
        <source>删除视图“{name}”</source>
        <translation>Remove the view &quot;{name}&quot;</translation>
    </message>
    <message>
        <source>清除筛选</source>
        <translation>Clear filters</translation>
    </message>
    <message>
        <source>紧急</source>
        <translation>Urgency</translation>
    </message>
    <message>
        <source>标题</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>承办</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>上报</source>
        <translation>Reported</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>变动</source>
        <translation>Changed</translation>
    </message>
    <message>
        <source>双行</source>
        <translation>Two lines</translation>
    </message>
    <message>
        <source>单行</source>
        <translation>One line</translation>
    </message>
    <message>
        <source>表格</source>
        <translation>Table</translation>
    </message>
    <message>
        <source>全部收起</source>
        <translation>Fold all</translation>
    </message>
    <message>
        <source>全部展开</source>
        <translation>Unfold all</translation>
    </message>
    <message>
        <source>分组</source>
        <translation>Group</translation>
    </message>
    <message>
        <source>行</source>
        <translation>Rows</translation>
    </message>
    <message>
        <source>列</source>
        <translation>Columns</translation>
    </message>
    <message>
        <source>导出…  Ctrl+E</source>
        <translation>Export…  Ctrl+E</translation>
    </message>
    <message>
        <source>打印…  Ctrl+P</source>
        <translation>Print…  Ctrl+P</translation>
    </message>
    <message>
        <source>不分组</source>
        <translation>No groups</translation>
    </message>
    <message>
        <source>按网格</source>
        <translation>By grid cell</translation>
    </message>
    <message>
        <source>按居委</source>
        <translation>By neighbourhood</translation>
    </message>
    <message>
        <source>按条线</source>
        <translation>By module</translation>
    </message>
    <message>
        <source>按环节</source>
        <translation>By state</translation>
    </message>
    <message>
        <source>按承办单位</source>
        <translation>By unit</translation>
    </message>
</context>
<context>
    <name>QueueHeadBar</name>
    <message>
        <source>工单</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>/ 搜索、拼音首字母</source>
        <translation>/ Search, pinyin initials</translation>
    </message>
    <message>
        <source>搜索工单</source>
        <translation>Search orders</translation>
    </message>
    <message>
        <source>＋筛选</source>
        <translation>+ Filter</translation>
    </message>
    <message>
        <source>筛选、分组和视图</source>
        <translation>Filter, groups and views</translation>
    </message>
    <message>
        <source>排序</source>
        <translation>Sort</translation>
    </message>
    <message>
        <source>降序</source>
        <translation>descending</translation>
    </message>
    <message>
        <source>升序</source>
        <translation>ascending</translation>
    </message>
    <message>
        <source>排序：{what}，{way}</source>
        <translation>Sorted by {what}, {way}</translation>
    </message>
    <message>
        <source>去掉筛选：{label}</source>
        <translation>Take the filter away: {label}</translation>
    </message>
</context>
<context>
    <name>QueuePresenter</name>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>我的</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>临期</source>
        <translation>Near</translation>
    </message>
    <message>
        <source>超期</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>滞留</source>
        <translation>Idle</translation>
    </message>
    <message>
        <source>督办</source>
        <translation>Watch</translation>
    </message>
    <message>
        <source>待派</source>
        <translation>Assign</translation>
    </message>
    <message>
        <source>{open} 在办 · {late} 超期</source>
        <translation>{open} open · {late} late</translation>
    </message>
    <message>
        <source>{title}，{count} 件，已收起</source>
        <translation>{title}, {count}, folded</translation>
    </message>
    <message>
        <source>{title}，{count} 件</source>
        <translation>{title}, {count}</translation>
    </message>
    <message>
        <source>还在找…</source>
        <translation>Still looking…</translation>
    </message>
    <message>
        <source>没有符合条件的工单</source>
        <translation>No orders match</translation>
    </message>
    <message>
        <source>换一个筛选，或清空搜索。</source>
        <translation>Choose another filter, or clear the search.</translation>
    </message>
    <message>
        <source>没有在办工单</source>
        <translation>No open orders</translation>
    </message>
    <message>
        <source>新工单到达时会自动出现在这里。</source>
        <translation>New orders appear here as they arrive.</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>导航</source>
        <translation>Navigation</translation>
    </message>
</context>
<context>
    <name>Replay</name>
    <message>
        <source>回放准备中</source>
        <translation>Preparing the replay</translation>
    </message>
    <message>
        <source>{seconds} 秒前</source>
        <translation>{seconds} s ago</translation>
    </message>
    <message>
        <source>回放已暂停</source>
        <translation>Replay paused</translation>
    </message>
    <message>
        <source>回放</source>
        <translation>Replay</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>非实时</source>
        <translation>Not live</translation>
    </message>
    <message>
        <source>回到实时画面</source>
        <translation>Back to live</translation>
    </message>
    <message>
        <source>暂停回放</source>
        <translation>Pause the replay</translation>
    </message>
    <message>
        <source>回放最近 {seconds} 秒</source>
        <translation>Replay the last {seconds} s</translation>
    </message>
    <message>
        <source>这种视频流不能回放</source>
        <translation>This kind of stream cannot be replayed</translation>
    </message>
    <message>
        <source>还没有可回放的画面</source>
        <translation>Nothing to replay yet</translation>
    </message>
</context>
<context>
    <name>ReportCard</name>
    <message>
        <source>Esc 关闭</source>
        <translation>Esc closes</translation>
    </message>
</context>
<context>
    <name>ResultModel</name>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>ScreenNumber</name>
    <message>
        <source>屏幕 {number}</source>
        <translation>Screen {number}</translation>
    </message>
</context>
<context>
    <name>Seat</name>
    <message>
        <source>口令多次不对，请约 {minutes} 分钟后再试</source>
        <translation>Too many wrong passwords; try again in about {minutes} minutes</translation>
    </message>
    <message>
        <source>口令不对</source>
        <translation>Wrong password</translation>
    </message>
</context>
<context>
    <name>SecondsField</name>
    <message>
        <source>{n} 秒</source>
        <translation>{n} s</translation>
    </message>
</context>
<context>
    <name>SignInFlow</name>
    <message>
        <source>还没有中心地址。没有中心时，可用 watchfloor --drill 打开演练。</source>
        <translation>There is no centre address yet. Without a centre, watchfloor --drill opens a drill.</translation>
    </message>
    <message>
        <source>演练中心：街区、人员和工单均为虚构。</source>
        <translation>Drill centre: district, people and orders are fictional.</translation>
    </message>
    <message>
        <source>这个地址上应答的是“{found}”，本席位此前属于“{expected}”。改用后，界面换成“{found}”的数据；未送达“{expected}”的 {waiting} 项操作留在本机，等它恢复后发给它，不会发给别的中心。</source>
        <translation>&quot;{found}&quot; answers at this address; this seat belonged to &quot;{expected}&quot;. If you change over, the desk shows the data of &quot;{found}&quot;. The {waiting} actions not yet delivered to &quot;{expected}&quot; stay here for it and are sent to no other centre.</translation>
    </message>
    <message>
        <source>改用此中心并登录</source>
        <translation>Change over to this centre and sign in</translation>
    </message>
    <message>
        <source>不改，返回值守台</source>
        <translation>Stay, back to the desk</translation>
    </message>
    <message>
        <source>正在登录</source>
        <translation>Signing in</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>城运值守台</source>
        <translation>Watchfloor</translation>
    </message>
    <message>
        <source>语言</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>中心地址</source>
        <translation>Centre address</translation>
    </message>
    <message>
        <source>用户名</source>
        <translation>User name</translation>
    </message>
    <message>
        <source>口令</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>请填写中心地址</source>
        <translation>Please enter the centre&apos;s address</translation>
    </message>
    <message>
        <source>请填写用户名</source>
        <translation>Please enter the user name</translation>
    </message>
    <message>
        <source>请填写口令</source>
        <translation>Please enter the password</translation>
    </message>
</context>
<context>
    <name>Snapshots</name>
    <message>
        <source>截图 {path}，校验 SHA-256 {digest}…</source>
        <translation>Snapshot {path}, SHA-256 {digest}…</translation>
    </message>
    <message>
        <source>还没有截图</source>
        <translation>No snapshot yet</translation>
    </message>
    <message>
        <source>先按 Alt+S 截图。</source>
        <translation>Take one with Alt+S first.</translation>
    </message>
    <message>
        <source>没有选中工单</source>
        <translation>No order selected</translation>
    </message>
    <message>
        <source>先选中工单，再附上截图。</source>
        <translation>Select an order, then attach the snapshot.</translation>
    </message>
    <message>
        <source>可附到所选工单 {number}（Shift+S）。</source>
        <translation>Can be attached to {number} (Shift+S).</translation>
    </message>
    <message>
        <source>附到工单</source>
        <translation>Attach</translation>
    </message>
    <message>
        <source>截图已保存</source>
        <translation>Snapshot saved</translation>
    </message>
    <message>
        <source>已附到工单；连上中心后自动送达。</source>
        <translation>Attached; delivered by itself once the centre is reached.</translation>
    </message>
</context>
<context>
    <name>Sound</name>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>正在播放声音</source>
        <translation>Sound on</translation>
    </message>
    <message>
        <source>播放声音</source>
        <translation>Play sound</translation>
    </message>
    <message>
        <source>窗格里没有摄像机</source>
        <translation>No camera in the pane</translation>
    </message>
    <message>
        <source>没有声音：{why}</source>
        <translation>No sound: {why}</translation>
    </message>
</context>
<context>
    <name>StateOverlay</name>
    <message>
        <source>进度</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>没有内容</source>
        <translation>Nothing here</translation>
    </message>
    <message>
        <source>正在载入</source>
        <translation>Loading</translation>
    </message>
    <message>
        <source>未能载入</source>
        <translation>Could not load</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>待受理</source>
        <translation>Reported</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>立案</source>
        <translation>Registered</translation>
    </message>
    <message>
        <source>派遣</source>
        <translation>Dispatched</translation>
    </message>
    <message>
        <source>处置</source>
        <translation>Handling</translation>
    </message>
    <message>
        <source>核查</source>
        <translation>Verifying</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>反馈</source>
        <translation>Replied</translation>
    </message>
    <message>
        <source>存档</source>
        <translation>Archived</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>挂起</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>已并单</source>
        <translation>Merged</translation>
    </message>
</context>
<context>
    <name>StatusPresenter</name>
    <message>
        <source>城运中心</source>
        <translation>Operations centre</translation>
    </message>
    <message>
        <source>平时</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>待发送 {waiting} · 冲突 {refused}</source>
        <translation>Unsent {waiting} · conflicts {refused}</translation>
    </message>
    <message>
        <source>未登录</source>
        <translation>Signed out</translation>
    </message>
    <message>
        <source>{words} · {count} 条搁置</source>
        <translation>{words} · {count} left lying</translation>
    </message>
    <message>
        <source>主链路 {seconds}</source>
        <translation>Main link {seconds}</translation>
    </message>
    <message>
        <source>轮询 {seconds}</source>
        <translation>Polling {seconds}</translation>
    </message>
    <message>
        <source>备用链路 {seconds}</source>
        <translation>Backup link {seconds}</translation>
    </message>
    <message>
        <source>取数 {share}</source>
        <translation>Loading {share}</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>待核实</source>
        <translation>Held</translation>
    </message>
    <message>
        <source>连接中</source>
        <translation>Connecting</translation>
    </message>
    <message>
        <source>数据截至 {time}</source>
        <translation>data as of {time}</translation>
    </message>
    <message>
        <source>备用链路，数据截至 {time}</source>
        <translation>Backup link, data up to {time}</translation>
    </message>
    <message>
        <source>{count} 条待发送</source>
        <translation>{count} unsent</translation>
    </message>
    <message>
        <source>M月d日 ddd</source>
        <translation>ddd d MMM</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>各环节的经办人、时间和时限</source>
        <translation>Who, when and limit of each stage</translation>
    </message>
    <message>
        <source>办理进度</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>done</translation>
    </message>
    <message>
        <source>当前</source>
        <translation>current</translation>
    </message>
    <message>
        <source>未到</source>
        <translation>to come</translation>
    </message>
</context>
<context>
    <name>Thumbnail</name>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>锁定席位</source>
        <translation>Lock the seat</translation>
    </message>
    <message>
        <source>待发送与冲突</source>
        <translation>Unsent and conflicts</translation>
    </message>
    <message>
        <source>提醒与静音</source>
        <translation>Attention and mute</translation>
    </message>
    <message>
        <source>提醒，{words}</source>
        <translation>Attention, {words}</translation>
    </message>
    <message>
        <source>声音开</source>
        <translation>Sound on</translation>
    </message>
</context>
<context>
    <name>TourBar</name>
    <message>
        <source>上一页</source>
        <translation>Previous page</translation>
    </message>
    <message>
        <source>暂停轮巡</source>
        <translation>Pause the tour</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>结束轮巡，恢复原来的画面</source>
        <translation>End the tour, restore the wall</translation>
    </message>
    <message>
        <source>继续轮巡</source>
        <translation>Go on</translation>
    </message>
</context>
<context>
    <name>TourForm</name>
    <message>
        <source>轮巡</source>
        <translation>Tour</translation>
    </message>
    <message>
        <source>每页窗格数</source>
        <translation>Panes a page</translation>
    </message>
    <message>
        <source>全部停留秒数</source>
        <translation>Seconds for all</translation>
    </message>
    <message>
        <source>Enter 开始 · Esc 关闭</source>
        <translation>Enter starts · Esc closes</translation>
    </message>
    <message>
        <source>每页</source>
        <translation>Page of</translation>
    </message>
    <message>
        <source>每页停留</source>
        <translation>Stay</translation>
    </message>
    <message>
        <source>开始轮巡</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>{n} 窗格</source>
        <translation>{n} panes</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>{name} 停留秒数</source>
        <translation>{name}, seconds</translation>
    </message>
</context>
<context>
    <name>Tours</name>
    <message>
        <source>未划入居委</source>
        <translation>No neighbourhood</translation>
    </message>
    <message>
        <source>带云台的摄像机</source>
        <translation>Cameras that can turn</translation>
    </message>
    <message>
        <source>全部摄像机</source>
        <translation>All cameras</translation>
    </message>
    <message>
        <source>视图 · {count} 路</source>
        <translation>View · {count}</translation>
    </message>
    <message>
        <source>{count} 路</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>{count} 路不可看</source>
        <translation>{count} cannot be seen</translation>
    </message>
    <message>
        <source>勾选要轮巡的视图或居委</source>
        <translation>Tick views or neighbourhoods</translation>
    </message>
    <message>
        <source>所选范围内没有可看的摄像机</source>
        <translation>No working camera among them</translation>
    </message>
    <message>
        <source>{pages} 页，一轮 {length}</source>
        <translation>{pages} pages, {length} a round</translation>
    </message>
    <message>
        <source>，跳过不可看 {count} 路</source>
        <translation>, {count} not working left out</translation>
    </message>
    <message>
        <source>{name} {n}/{of}</source>
        <translation>{name} {n}/{of}</translation>
    </message>
    <message>
        <source>视图已锁定，不能轮巡</source>
        <translation>The view is locked; no tour</translation>
    </message>
    <message>
        <source>先按 Ctrl+L 解锁。</source>
        <translation>Unlock with Ctrl+L first.</translation>
    </message>
    <message>
        <source>所选范围内没有可看的摄像机（{count} 路不可看）。</source>
        <translation>No working camera among them ({count} not working).</translation>
    </message>
    <message>
        <source>没有可轮巡的画面</source>
        <translation>Nothing to tour</translation>
    </message>
    <message>
        <source>轮巡：← → 换页，空格暂停，Esc 结束</source>
        <translation>Tour: ← → page, Space pauses, Esc ends</translation>
    </message>
    <message>
        <source>轮巡中，按 Esc 结束后再改</source>
        <translation>A tour is on; end it with Esc first</translation>
    </message>
    <message>
        <source>报警画面显示中，轮巡暂停</source>
        <translation>Tour paused while an alarm is shown</translation>
    </message>
    <message>
        <source>已暂停</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>跳过不可看 {count} 路</source>
        <translation>{count} not working left out</translation>
    </message>
    <message>
        <source>本页 {count} 路不可看</source>
        <translation>{count} on this page not working</translation>
    </message>
    <message>
        <source>{seconds} 秒</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>轮巡</source>
        <translation>Tour</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>未被中心接受的操作：{verb}。{text}</source>
        <translation>Not taken by the centre: {verb}. {text}</translation>
    </message>
    <message>
        <source>由值守员在待处理箱处理</source>
        <translation>Settled by the officer in the tray</translation>
    </message>
    <message>
        <source>{verb} · {title}</source>
        <translation>{verb} · {title}</translation>
    </message>
    <message>
        <source>重做</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>转为备注</source>
        <translation>Keep as note</translation>
    </message>
    <message>
        <source>放弃</source>
        <translation>Discard</translation>
    </message>
    <message>
        <source>已搁置 {length}，请处理</source>
        <translation>Left lying for {length}; please decide</translation>
    </message>
    <message>
        <source>中心说明：{message}</source>
        <translation>The centre says: {message}</translation>
    </message>
    <message>
        <source>未被接受的操作已搁置 {length}</source>
        <translation>Refused actions left lying for {length}</translation>
    </message>
    <message>
        <source>本席想做的 · {who}</source>
        <translation>Wanted here · {who}</translation>
    </message>
    <message>
        <source>中心现状 · {who}</source>
        <translation>At the centre · {who}</translation>
    </message>
    <message>
        <source>中心现状</source>
        <translation>At the centre</translation>
    </message>
    <message>
        <source>承办</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>{before} → {after}</source>
        <translation>{before} → {after}</translation>
    </message>
    <message>
        <source>环节</source>
        <translation>State</translation>
    </message>
    <message>
        <source>{base} → {new}</source>
        <translation>{base} → {new}</translation>
    </message>
    <message>
        <source>{verb}：{text}</source>
        <translation>{verb}: {text}</translation>
    </message>
</context>
<context>
    <name>TrayPage</name>
    <message>
        <source>待发送与冲突</source>
        <translation>Unsent and conflicts</translation>
    </message>
    <message>
        <source>Esc 关闭</source>
        <translation>Esc closes</translation>
    </message>
    <message>
        <source>都已送达中心，没有等待处理的操作。</source>
        <translation>All has reached the centre; nothing waits for you.</translation>
    </message>
</context>
<context>
    <name>TrayRow</name>
    <message>
        <source>为什么？（Enter 确定，Esc 取消；写入记录）</source>
        <translation>Why? (Enter confirms, Esc cancels; goes on record)</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>Trial</name>
    <message>
        <source>诊断此路视频…</source>
        <translation>Test this stream…</translation>
    </message>
    <message>
        <source>窗格里没有摄像机</source>
        <translation>No camera in this pane</translation>
    </message>
    <message>
        <source>正在试播，最长约 {seconds} 秒…</source>
        <translation>Testing, {seconds} s at most…</translation>
    </message>
    <message>
        <source>视频诊断</source>
        <translation>Stream test</translation>
    </message>
    <message>
        <source>首帧</source>
        <translation>First picture</translation>
    </message>
    <message>
        <source>共 {count} 帧，{bytes} KB，损坏 {damaged} 处</source>
        <translation>{count} pictures, {bytes} KB, {damaged} damaged</translation>
    </message>
    <message>
        <source>画面</source>
        <translation>Picture</translation>
    </message>
    <message>
        <source>播放</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>播放正常。</source>
        <translation>Plays well.</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>复制结果</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>中心没有给出地址</source>
        <translation>The centre gave no address</translation>
    </message>
    <message>
        <source>连接中</source>
        <translation>Connecting</translation>
    </message>
    <message>
        <source>已应答，等待画面</source>
        <translation>Answered, waiting for pictures</translation>
    </message>
    <message>
        <source>有画面</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>画面停顿</source>
        <translation>Stalled</translation>
    </message>
    <message>
        <source>画面静止</source>
        <translation>Frozen</translation>
    </message>
    <message>
        <source>画面全黑</source>
        <translation>Black</translation>
    </message>
    <message>
        <source>连不上</source>
        <translation>Unreachable</translation>
    </message>
    <message>
        <source>无权限</source>
        <translation>Not allowed</translation>
    </message>
    <message>
        <source>不支持</source>
        <translation>Not supported</translation>
    </message>
    <message>
        <source>超出预算</source>
        <translation>Over budget</translation>
    </message>
</context>
<context>
    <name>Twins</name>
    <message>
        <source>{metres} m · 相隔 {apart}</source>
        <translation>{metres} m · {apart} apart</translation>
    </message>
    <message>
        <source>标题</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>诉求人</source>
        <translation>Caller</translation>
    </message>
    <message>
        <source>同一人</source>
        <translation>Same person</translation>
    </message>
    <message>
        <source>环节</source>
        <translation>State</translation>
    </message>
    <message>
        <source>承办</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>同地点</source>
        <translation>same place</translation>
    </message>
    <message>
        <source>同一诉求人</source>
        <translation>same caller</translation>
    </message>
</context>
<context>
    <name>Verbs</name>
    <message>
        <source>上报</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>立案</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>派遣</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>开始处置</source>
        <translation>Start handling</translation>
    </message>
    <message>
        <source>处置反馈</source>
        <translation>Report back</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>挂起</source>
        <translation>Suspend</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>核查通过</source>
        <translation>Verified</translation>
    </message>
    <message>
        <source>核查不通过</source>
        <translation>Not verified</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>反馈</source>
        <translation>Reply</translation>
    </message>
    <message>
        <source>存档</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>重新处置</source>
        <translation>Reopen</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>督办</source>
        <translation>Supervise</translation>
    </message>
    <message>
        <source>转办</source>
        <translation>Transfer</translation>
    </message>
    <message>
        <source>退回初审</source>
        <translation>Review return</translation>
    </message>
    <message>
        <source>批准退回</source>
        <translation>Approve return</translation>
    </message>
    <message>
        <source>驳回退回</source>
        <translation>Deny return</translation>
    </message>
    <message>
        <source>延期</source>
        <translation>Extend</translation>
    </message>
    <message>
        <source>申请延期</source>
        <translation>Ask for time</translation>
    </message>
    <message>
        <source>延期初审</source>
        <translation>Review extension</translation>
    </message>
    <message>
        <source>批准延期</source>
        <translation>Approve extension</translation>
    </message>
    <message>
        <source>不予延期</source>
        <translation>Deny extension</translation>
    </message>
    <message>
        <source>回访</source>
        <translation>Call back</translation>
    </message>
    <message>
        <source>并单</source>
        <translation>Merge</translation>
    </message>
    <message>
        <source>撤销并单</source>
        <translation>Unmerge</translation>
    </message>
    <message>
        <source>合并重复件</source>
        <translation>Took in</translation>
    </message>
    <message>
        <source>重复件撤出</source>
        <translation>Released</translation>
    </message>
    <message>
        <source>催办</source>
        <translation>Remind</translation>
    </message>
    <message>
        <source>上提一级</source>
        <translation>Escalate</translation>
    </message>
    <message>
        <source>通话记录</source>
        <translation>Call note</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>附件</source>
        <translation>Attach</translation>
    </message>
</context>
<context>
    <name>VideoWall</name>
    <message>
        <source>空窗格</source>
        <translation>Empty pane</translation>
    </message>
    <message>
        <source>松开：从墙上移除</source>
        <translation>Let go: remove from the wall</translation>
    </message>
</context>
<context>
    <name>ViewButton</name>
    <message>
        <source>{name}，有未保存的改动</source>
        <translation>{name}, unsaved changes</translation>
    </message>
    <message>
        <source>{name}，已锁定</source>
        <translation>{name}, locked</translation>
    </message>
    <message>
        <source>视图：{name}</source>
        <translation>View: {name}</translation>
    </message>
</context>
<context>
    <name>Wall</name>
    <message>
        <source>主码流</source>
        <translation>Main stream</translation>
    </message>
    <message>
        <source>子码流</source>
        <translation>Sub stream</translation>
    </message>
    <message>
        <source>实时</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>立即重试</source>
        <translation>Retry now</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>留给预警画面</source>
        <translation>Kept for alarms</translation>
    </message>
    <message>
        <source>{stream}（{reason}）</source>
        <translation>{stream} ({reason})</translation>
    </message>
    <message>
        <source>{count} 窗格共用</source>
        <translation>shared by {count} panes</translation>
    </message>
    <message>
        <source>拖入摄像机，或键入编号</source>
        <translation>Drag a camera here, or type its number</translation>
    </message>
    <message>
        <source>主码流接入中</source>
        <translation>main stream coming</translation>
    </message>
    <message>
        <source>子码流接入中</source>
        <translation>sub stream coming</translation>
    </message>
    <message>
        <source>本机繁忙</source>
        <translation>machine busy</translation>
    </message>
    <message>
        <source>放大查看</source>
        <translation>zoomed in</translation>
    </message>
    <message>
        <source>人工指定</source>
        <translation>by hand</translation>
    </message>
    <message>
        <source>窗格大</source>
        <translation>large pane</translation>
    </message>
    <message>
        <source>窗格小</source>
        <translation>small pane</translation>
    </message>
    <message>
        <source>画面全黑 {length}</source>
        <translation>Black for {length}</translation>
    </message>
    <message>
        <source>重新连接，最后画面 {age}前</source>
        <translation>Reconnecting, last picture {age} ago</translation>
    </message>
    <message>
        <source>画面静止 {length}</source>
        <translation>Frozen {length}</translation>
    </message>
    <message>
        <source>画面停顿 {length}</source>
        <translation>Stalled {length}</translation>
    </message>
    <message>
        <source>连接中</source>
        <translation>Connecting</translation>
    </message>
    <message>
        <source>缓冲</source>
        <translation>Buffering</translation>
    </message>
    <message>
        <source>超出流量预算</source>
        <translation>over the traffic budget</translation>
    </message>
    <message>
        <source>久未显示</source>
        <translation>out of sight for a while</translation>
    </message>
    <message>
        <source>离线 {length}</source>
        <translation>Offline {length}</translation>
    </message>
    <message>
        <source>无权限</source>
        <translation>No permission</translation>
    </message>
    <message>
        <source>无法播放</source>
        <translation>Cannot play</translation>
    </message>
    <message>
        <source>超出预算</source>
        <translation>No room</translation>
    </message>
    <message>
        <source>{seconds} s 后重试</source>
        <translation>retry in {seconds} s</translation>
    </message>
    <message>
        <source>视图已锁定，按 Ctrl+L 解锁</source>
        <translation>View locked; Ctrl+L unlocks</translation>
    </message>
    <message>
        <source>这个窗格留给预警画面</source>
        <translation>This pane is kept for alarms</translation>
    </message>
</context>
<context>
    <name>WallCommands</name>
    <message>
        <source>轮巡：开始或结束</source>
        <translation>Tour: start or end</translation>
    </message>
    <message>
        <source>确认墙上最紧急的报警</source>
        <translation>Acknowledge the gravest alarm on the wall</translation>
    </message>
    <message>
        <source>云台控制：所选窗格</source>
        <translation>PTZ: selected pane</translation>
    </message>
    <message>
        <source>回放所选窗格最近 30 秒</source>
        <translation>Replay the last 30 s of the selected pane</translation>
    </message>
    <message>
        <source>保存所选窗格的画面</source>
        <translation>Keep the selected pane&apos;s picture</translation>
    </message>
    <message>
        <source>把最近截图附到所选工单</source>
        <translation>Attach the last picture to the selected order</translation>
    </message>
    <message>
        <source>生成故障工单：所选窗格</source>
        <translation>Fault order: selected pane</translation>
    </message>
    <message>
        <source>所选窗格的声音</source>
        <translation>Sound of the selected pane</translation>
    </message>
    <message>
        <source>画面记录：所选窗格</source>
        <translation>Camera record: selected pane</translation>
    </message>
    <message>
        <source>诊断视频：所选窗格</source>
        <translation>Try the video: selected pane</translation>
    </message>
    <message>
        <source>窗格布局…</source>
        <translation>Layout…</translation>
    </message>
    <message>
        <source>视图…</source>
        <translation>Views…</translation>
    </message>
    <message>
        <source>保存视图</source>
        <translation>Save the view</translation>
    </message>
    <message>
        <source>锁定或解锁视图</source>
        <translation>Lock or unlock the view</translation>
    </message>
    <message>
        <source>撤销墙的改动</source>
        <translation>Undo a change of the wall</translation>
    </message>
    <message>
        <source>重做墙的改动</source>
        <translation>Redo a change of the wall</translation>
    </message>
    <message>
        <source>摄像机列表</source>
        <translation>Camera list</translation>
    </message>
    <message>
        <source>全部窗格的画面信息</source>
        <translation>Details of all panes</translation>
    </message>
    <message>
        <source>视频流量预算…</source>
        <translation>Video traffic budget…</translation>
    </message>
    <message>
        <source>视频墙窗口…</source>
        <translation>Wall windows…</translation>
    </message>
    <message>
        <source>标识屏幕</source>
        <translation>Identify screens</translation>
    </message>
    <message>
        <source>全部窗口拉回主屏</source>
        <translation>Bring all windows to the main screen</translation>
    </message>
    <message>
        <source>报警上墙…</source>
        <translation>Alarms on the wall…</translation>
    </message>
    <message>
        <source>报警上墙记录…</source>
        <translation>Alarms that were on the wall…</translation>
    </message>
</context>
<context>
    <name>WallDeeds</name>
    <message>
        <source>轮巡</source>
        <translation>Tour</translation>
    </message>
</context>
<context>
    <name>WallHead</name>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>重做</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>锁定视图</source>
        <translation>Lock the view</translation>
    </message>
    <message>
        <source>摄像机列表</source>
        <translation>Camera list</translation>
    </message>
    <message>
        <source>视频</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>已锁定：画面不动。解锁</source>
        <translation>Locked: nothing moves. Unlock</translation>
    </message>
</context>
<context>
    <name>WallLife</name>
    <message>
        <source>报警上墙</source>
        <translation>Alarms on the wall</translation>
    </message>
</context>
<context>
    <name>WallNumbers</name>
    <message>
        <source>摄像机 {number} {name} → 窗格 {pane} · Enter 调看</source>
        <translation>Camera {number} {name} → pane {pane} · Enter shows it</translation>
    </message>
    <message>
        <source>没有编号为 {number} 的摄像机</source>
        <translation>No camera has number {number}</translation>
    </message>
</context>
<context>
    <name>WallPanel</name>
    <message>
        <source>已锁定，未联动：{place}</source>
        <translation>Locked, not following: {place}</translation>
    </message>
    <message>
        <source>联动：{place}</source>
        <translation>Near {place}</translation>
    </message>
    <message>
        <source>视图</source>
        <translation>View</translation>
    </message>
</context>
<context>
    <name>WallPresenter</name>
    <message>
        <source>不能换布局</source>
        <translation>The layout cannot change</translation>
    </message>
    <message>
        <source>不能更换画面</source>
        <translation>The picture cannot change</translation>
    </message>
    <message>
        <source>不能换视图</source>
        <translation>The view cannot change</translation>
    </message>
    <message>
        <source>不能撤销</source>
        <translation>Cannot undo</translation>
    </message>
    <message>
        <source>不能重做</source>
        <translation>Cannot redo</translation>
    </message>
    <message>
        <source>{what}：{why}</source>
        <translation>{what}: {why}</translation>
    </message>
    <message>
        <source>不能交换窗格</source>
        <translation>Panes cannot swap</translation>
    </message>
</context>
<context>
    <name>WallRoom</name>
    <message>
        <source>视频墙窗口</source>
        <translation>Wall windows</translation>
    </message>
</context>
<context>
    <name>WallStage</name>
    <message>
        <source>视频墙</source>
        <translation>Video wall</translation>
    </message>
    <message>
        <source>窗格 {number}：{words}</source>
        <translation>Pane {number}: {words}</translation>
    </message>
    <message>
        <source>空窗格</source>
        <translation>Empty pane</translation>
    </message>
</context>
<context>
    <name>WallViews</name>
    <message>
        <source>未命名视图</source>
        <translation>Unnamed view</translation>
    </message>
    <message>
        <source>现在不能锁定：{why}</source>
        <translation>Cannot lock now: {why}</translation>
    </message>
    <message>
        <source>已锁定：窗格不会移动，Ctrl+L 解锁</source>
        <translation>Locked: panes do not move; Ctrl+L unlocks</translation>
    </message>
    <message>
        <source>已解锁</source>
        <translation>Unlocked</translation>
    </message>
    <message>
        <source>保存为新视图</source>
        <translation>Save as a new view</translation>
    </message>
    <message>
        <source>“{name}”已保存，第 {number} 版</source>
        <translation>&quot;{name}&quot; saved, version {number}</translation>
    </message>
    <message>
        <source>不能移动窗格：{why}</source>
        <translation>Panes cannot move: {why}</translation>
    </message>
    <message>
        <source>已有太多视图</source>
        <translation>Too many views</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>另存为新视图…</source>
        <translation>Save as…</translation>
    </message>
    <message>
        <source>改名…</source>
        <translation>Rename…</translation>
    </message>
    <message>
        <source>较早的版本</source>
        <translation>Earlier versions</translation>
    </message>
    <message>
        <source>删除视图</source>
        <translation>Delete the view</translation>
    </message>
    <message>
        <source>已删除的视图</source>
        <translation>Deleted views</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>重做</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>把当前画面留在墙上</source>
        <translation>Keep these pictures on the wall</translation>
    </message>
    <message>
        <source>锁定视图</source>
        <translation>Lock the view</translation>
    </message>
    <message>
        <source>第 {number} 版 · {time} · {layout} 窗格布局</source>
        <translation>Version {number} · {time} · layout {layout}</translation>
    </message>
    <message>
        <source>视图改名</source>
        <translation>Rename the view</translation>
    </message>
    <message>
        <source>“{name}”已删除，可在视图菜单中恢复</source>
        <translation>&quot;{name}&quot; deleted; the view menu brings it back</translation>
    </message>
</context>
<context>
    <name>WallWindow</name>
    <message>
        <source>席位已锁定：画面和预警照常，操作已停用。在值守台解锁。</source>
        <translation>Seat locked: pictures and alerts go on, nothing can be done. Unlock at the desk.</translation>
    </message>
</context>
<context>
    <name>WallWindows</name>
    <message>
        <source>不能再开窗口</source>
        <translation>No more windows</translation>
    </message>
    <message>
        <source>最多 {cap} 个视频墙窗口。</source>
        <translation>At most {cap} wall windows.</translation>
    </message>
    <message>
        <source>在屏幕 {number} 开视频墙（{name}，{width}×{height}）</source>
        <translation>Wall on screen {number} ({name}, {width}×{height})</translation>
    </message>
    <message>
        <source>标识屏幕</source>
        <translation>Identify screens</translation>
    </message>
    <message>
        <source>全部窗口拉回主屏</source>
        <translation>Bring all windows to the main screen</translation>
    </message>
    <message>
        <source>关闭“{title}”</source>
        <translation>Close &quot;{title}&quot;</translation>
    </message>
    <message>
        <source>视频墙 {number}</source>
        <translation>Wall {number}</translation>
    </message>
    <message>
        <source>“{title}”移到屏幕 {to}；屏幕 {gone} 接回后自动还原。</source>
        <translation>&quot;{title}&quot; moved to screen {to}; it goes back when screen {gone} returns.</translation>
    </message>
    <message>
        <source>屏幕 {gone} 不在</source>
        <translation>Screen {gone} is gone</translation>
    </message>
    <message>
        <source>屏幕比原来小，“{title}”缩到能看见的大小。</source>
        <translation>The screen is smaller; &quot;{title}&quot; was made to fit.</translation>
    </message>
    <message>
        <source>窗口已缩小</source>
        <translation>Window made smaller</translation>
    </message>
    <message>
        <source>屏幕已接回</source>
        <translation>Screen is back</translation>
    </message>
    <message>
        <source>“{title}”回到原来的位置。</source>
        <translation>&quot;{title}&quot; is where it was.</translation>
    </message>
    <message>
        <source>工单已在值守台打开，请到那里填写</source>
        <translation>The order is open at the desk; fill it in there</translation>
    </message>
    <message>
        <source>报警画面在值守台的墙上，在那里确认</source>
        <translation>Alarm pictures are on the desk&apos;s wall; acknowledge them there</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>{title}。{message}</source>
        <translation>{title}. {message}</translation>
    </message>
</context>
</TS>
