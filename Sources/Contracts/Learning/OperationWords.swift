/// The words in which programs speak of their operation, in English as nearly all of them do. A message made of other words may be
/// anybody's, however often it is repeated: a load test repeats its prompt, too.
enum OperationWords {
  /// How a word stands in a message.
  enum Kind { case operation, function, personal, other }

  static func kind(of word: some StringProtocol) -> Kind {
    let word = word.lowercased()
    if personal.contains(word) { return .personal }
    if word.utf8.count < 3 || function.contains(word) { return .function }
    return isOperation(word) ? .operation : .other
  }

  /// As it is listed, or with an ending.
  private static func isOperation(_ word: String) -> Bool {
    if stems.contains(word) { return true }
    for (ending, instead) in endings where word.hasSuffix(ending) {
      let stem = word.dropLast(ending.count) + instead
      if stems.contains(String(stem)) { return true }
      // stopped, running
      if instead.isEmpty, let last = stem.last, stem.dropLast().last == last, stems.contains(String(stem.dropLast())) {
        return true
      }
    }
    return false
  }

  private static let endings: [(String, String)] = [
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("er", ""),
    ("er", "e"), ("ion", ""), ("ion", "e"), ("ation", "e"), ("ment", ""), ("able", ""), ("ly", ""), ("or", "e"),
    ("or", ""), ("ers", ""), ("ors", ""), ("ions", ""), ("ions", "e"),
  ]

  private static let function = words(
    """
    the and for from with without into onto over under after before until while than then that this these those not has \
    have had was were been being are can could will would should may might must does did but all any each every only also \
    more most less least now when where because there per via its it's due too very yet again still already other same \
    such both either neither between during about out off
    """)

  /// Of who speaks, and the words that hold sentences together in the languages of the platform's other users.
  private static let personal = words(
    """
    i me my mine myself you your yours we us our ours he him his she her hers please thanks hello hi dear sorry \
    um uma uns umas dos das nos nas num numa pelo pela para pra por com sem que quem qual quais quando onde como porque \
    mas nem muito muita mais menos isso isto esse essa este esta aquele aquela ele ela eles elas voce meu minha meus minhas \
    seu sua seus suas nao sim sou somos estou esta estao foi tem tenho quero preciso posso pode ser ter fazer faz oi ola \
    el los las una unos unas del con mi mis tu tus su sus yo lo le les pero muy tengo necesito puedo puede hola \
    le les des une du et dans est sont pour avec sans je vous ils der das den dem ein eine und oder ist ich nicht il che
    """)

  private static let stems = words(
    """
    abort accelerat accept access account acknowledge acquire action activate active adapt add address adjust admin advertise \
    agent aggregate alert algorithm alias align allocate allow already annotation api app append application apply architecture \
    archive area argument array assert assign async attach attempt attention attribute audit authenticate authorize auto \
    available average avg await back backend backup bad balance bandwidth base batch begin bind binary bit blacklist block \
    body boot bootstrap bound branch bridge broadcast broken broker browser buffer bug build bus byte cache call callback \
    cancel candidate capability capacity capture card catch certificate chain change channel character check checkpoint \
    checksum child chunk class clean cleanup clear client clock clone close cluster code cold collect collision column command \
    commit compact compare compatible compile complete component compress compute concurrency condition config configure \
    confirm conflict congestion connect console constant consume container content context continue control controller \
    convert coordinate copy core corrupt cost count counter cpu crash create credential critical cuda current custom cycle \
    daemon data database datanode dead deadlock debug decode decrease dedicate default defer define degrade delay delegate \
    delete deliver delta deny depend deploy deprecate depth derive describe deserialize destination destroy detach detail detect device diagnostic \
    dial dimension direct directory dirty disable discard disconnect discover disk dispatch display distribute dns document domain down \
    download drain driver drop dump duplicate duration dynamic eager early edge effective element elapse elect emit empty \
    enable encode encounter end endpoint energy enforce engine enqueue ensure enter entry environment epoch equal err error \
    estimate evaluate event evict exact exceed except exception exchange exclude execute executor exist exit expand expect \
    expire explicit export expose exporter extend extension external extra extract fail failed failure fall fallback false \
    family fan fast fatal fault feature fetch field file filesystem fill filter final find finish fix flag flash float flow flush \
    fold folder follow force foreground fork format forward found fragment frame framework free frequency full function fuse garbage gateway gauge \
    generate generic get global gpu grace graph group grow guard half handle handler handshake hardware hash head header \
    health healthy heap heartbeat height hidden high history hit hold hook host hostname http idle id identify ignore image immediate implement import \
    inactive include incompatible incomplete increase index indicate info inform inherit init initial initialize initialise inject inline input insert inspect \
    install instance instead instruction insufficient integer integrity interface intermediate internal interpret interrupt interval invalid invalidate invoke isolate issue item iterate \
    job join journal kernel key kill kind know label lag language large last late latency launch layer layout lead leader \
    leak lease leave left length level library license life lifetime limit line link list listen literal live load local locate location lock log \
    logger logic login logout long lookup loop lose lost low machine main maintain make manage manager manifest manual map \
    mark mask master match max maximum mean measure media member memory merge message meta metadata method metric middleware \
    migrate min minimum minor mirror misconfigure mismatch miss missing mode model modify module monitor mount move multiple \
    mutate mutex name namenode namespace native negotiate network new next nil node noise none normal notice notify null number \
    object observe obsolete obtain offline offload offset old online open operate operating operation operator optimize optional \
    option order origin orphan output overflow overhead overlap override owner pack package packet page panic parallel parameter parent parse part partial \
    participant partition pass password past patch path pattern pause payload peak peer pend pending percent perform performance \
    period permanent permission permit persist phase physical pid ping pipe pipeline place plan platform plugin point pointer policy poll pool \
    pop populate port position post power preallocate precision preempt prefetch prefill prefix prepare present preserve press previous primary print \
    priority probe procedure process processor produce product profile program progress prohibit project prompt propagate property protect \
    protocol provide provision proxy prune publish pull purge push put query queue quit quorum quota raise random range rank \
    rate ratio raw reach react read ready real reason reassign reboot rebuild receive recent recognize recommend recompute reconcile reconnect record \
    recover recovery redirect reduce redundant refer reference refresh refuse region register registry regular reject relabel relation relay \
    release reload remain remote remove rename render renew repair repeat replace replay replica replicate reply report repository request require \
    reschedule reserve reset resident resize resolve resource respond response rest restart restore restrict result resume retain retention \
    retire retrieve retry return reuse revert revision revoke rewrite rollback root rotate round route router routine row rule run runner running \
    runtime safe sample sampler save scale scan schedule scheduler schema scope score scrape script search second section sector secure security seek segment select semaphore \
    send sent sequence serial serialize series serve server service session set setting setup shape shard share shell shift \
    short shut shutdown sign signal silence similar single size skip slave sleep slice slot slow small snapshot socket soft software sort source space \
    spawn spec specify specific speculate speed spin split stack stage stale standard standby start startup stat state static statistic statistics status \
    step stop storage store stratum stream strict string style sub submit subnet subscribe subsystem success succeed succeeded successful suffix sum summary \
    supply support supported suppress suspend swap switch symlink sync synchronize syntax system table tag tail take taken taking target task team \
    temp temperature template temporary tenant terminate test thread threshold throttle throughput tick tier time timeout timer timestamp timezone token \
    tokenizer took tool top topic topology total touch trace track traffic trail train transaction transfer transform transit translate transmit transport tree \
    trigger trim true truncate trust try tune tunnel type unable unavailable unblock unchanged undefined undo unexpected unhealthy uninstall unique unit \
    unknown unlink unload unlock unmap unmount unreachable unregister unsafe unset unsupported unused up update upgrade upload upstream uptime usage use user \
    util utilization valid validate value var variable variant vector vendor verbose verify version video view virtual visible volume \
    wait wake want warm warmup warn warning watch web weight width window wire wireless word work worker worst wrap write written wrong yield \
    zero zone advertised began begun bound built chosen done driven fell given gone got held kept known left led made met ran sent set shown slept spent stuck thrown told unset went \
    aggregator balancer collector compactor dispatcher ingester querier receiver sender listener consumer producer supervisor scheduler optimizer \
    attribute bios dhcp ethernet firmware gib hertz irq kib mib pci ram swap tcp tls udp usb uuid vlan xid celsius watt fabric
    """)

  private static func words(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }
}
