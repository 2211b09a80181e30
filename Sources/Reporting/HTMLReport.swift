import Mustache
public import Vocabulary

/// `report.html`: one file that needs no network and no script, for the screen and for A4.
public enum HTMLReport: Renderer {
  public static let name = "html"
  public static let fileName: String? = "report.html"

  public static func render(_ report: RunReport, options: RenderOptions) throws(Fault) -> [UInt8] {
    // The library keeps content types in a table behind a lock; registering again changes nothing.
    MustacheContentTypes.register(HTMLText(), named: HTMLText.contentType)
    do {
      return Array(try MustacheTemplate(string: HTMLTemplate.page).render(HTMLPage(report)).utf8)
    } catch {
      throw Fault(.internal, "the template of the HTML report is broken", remedy: "Please report this as a defect.")
    }
  }
}
