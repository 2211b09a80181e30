/// The words that hold sentences together, of languages in the order of this platform's users: Portuguese, English,
/// Spanish, then French, German and Italian. Each is at most eight bytes of UTF-8, packed into one integer.
enum FunctionWords {
  static func contains(_ key: UInt64) -> Bool { keys.contains(key) }

  private static let keys: Set<UInt64> = Set(
    texts.flatMap { $0.split(separator: " ") }.map { word in
      precondition(word.utf8.count <= 8, "a function word is at most eight bytes")
      return word.utf8.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    })

  private static let texts = [
    // Portuguese
    """
    a o e é à os as ao aos às um uma uns de do da dos das em no na nos nas num numa que qual quais quem quando onde como \
    por para pelo pela com sem sobre entre até mas mais menos muito não sim se já só foi são ser sou está estou estão tem \
    tenho ter há vai vou me meu minha meus te teu tua seu sua seus suas eu tu ele ela eles elas você vocês nós isso isto \
    esse essa este esta aquele lhe também então porque faz fazer faça quero preciso pode posso
    """,
    // English
    """
    the an and or of to in is are was were be been am you your i'm i've it's its my me we our us he she his her they them \
    their this that these those what which who whose how why when where do does did can could would should will shall may \
    might must with from for on at by as not but if then than about into over after before have has had there here please \
    i it don't can't let's
    """,
    // Spanish
    """
    el la los las un una unos y o de del al en que qué es son soy era por para con sin sobre como cómo cuál cuándo dónde \
    porque pero más muy no sí se su sus mi mis tu tus yo él ella ellos nos les lo le está están hay tiene tengo puedo \
    puede
    """,
    // French, German, Italian
    """
    le les des une du et dans est sont pour avec sans sur je il elle nous vous ils qui quoi mais plus pas ce cette ces \
    mon ma mes ton votre notre au aux der die das den dem des ein eine einen und oder ist sind ich du er sie wir ihr mit \
    ohne für auf von zu nicht wie was wer warum kann mein meine gli di che chi cosa come sono sei con per non più mio
    """,
  ]
}
