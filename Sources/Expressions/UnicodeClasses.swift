import Patterns
import Synchronization

/// The classes that `\p{…}` names: RE2's general categories and scripts, by their exact names.
///
/// PCRE2's tables say what is in them, so that nobody keeps a second copy of Unicode.
enum UnicodeClasses {
  private static let known = Mutex<[String: CodePointSet]>([:])

  static func named(_ name: String) -> CodePointSet? {
    if name == "Any" { return .all }
    if let set = known.withLock({ $0[name] }) { return set }
    let source: String
    if name == "C" {
      // Go's and RE2's `C` leaves out what is not assigned, PCRE2's does not.
      source = #"[\p{Cc}\p{Cf}\p{Co}]"#
    } else if categories.contains(name) {
      source = "\\p{\(name)}"
    } else if scripts.contains(name) {
      source = "\\p{sc:\(name)}"
    } else {
      return nil
    }
    guard let set = members(of: source) else { return nil }
    known.withLock { $0[name] = set }
    return set
  }

  /// Nil where PCRE2's Unicode is older than the script.
  private static func members(of source: String) -> CodePointSet? {
    guard let pattern = try? Pattern(source + "+", .utf) else { return nil }
    let everything = allScalars
    let matcher = Matcher(limits: MatchLimits(steps: .max, stride: everything.count))
    return everything.withUnsafeBytes { bytes in
      var ranges: [ClosedRange<UInt32>] = []
      var position = 0
      while position < bytes.count {
        switch matcher.firstMatch(pattern, in: bytes, from: position, window: bytes.count) {
        case .none: return CodePointSet(ranges)
        case .undecided: return nil
        case .found(let range):
          var last = range.upperBound - 1
          while bytes[last] & 0xC0 == 0x80 { last -= 1 }
          let low = UTF8Reading.decode(bytes, at: range.lowerBound).point
          let high = UTF8Reading.decode(bytes, at: last).point
          ranges.append(low...high)
          position = range.upperBound
        }
      }
      return CodePointSet(ranges)
    }
  }

  private static let allScalars: [UInt8] = {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4_400_000)
    for value in UInt32(0)...CodePointSet.last {
      if let scalar = Unicode.Scalar(value) { bytes.append(contentsOf: UTF8.encode(scalar)!) }
    }
    return bytes
  }()

  private static let categories: Set<String> = Set(
    """
    Cc Cf Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs
    """.split(separator: " ").map(String.init))
  private static let scripts: Set<String> = Set(
    """
    Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali Bhaiksuki
    Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham Cherokee
    Chorasmian Common Coptic Cuneiform Cypriot Cypro_Minoan Cyrillic Deseret Devanagari Dives_Akuru Dogra
    Duployan Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic Georgian Glagolitic Gothic Grantha Greek Gujarati
    Gunjala_Gondi Gurmukhi Han Hangul Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic Inherited
    Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kawi Kayah_Li Kharoshthi
    Khitan_Small_Script Khmer Khojki Khudawadi Lao Latin Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian
    Mahajani Makasar Malayalam Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui
    Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mongolian Mro Multani Myanmar Nabataean Nag_Mundari
    Nandinagari New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Old_Hungarian Old_Italic
    Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Oriya Osage
    Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan
    Saurashtra Sharada Shavian Siddham SignWriting Sinhala Sogdian Sora_Sompeng Soyombo Sundanese Syloti_Nagri
    Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tamil Tangsa Tangut Telugu Thaana Thai Tibetan
    Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi Wancho Warang_Citi Yezidi Yi Zanabazar_Square
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
