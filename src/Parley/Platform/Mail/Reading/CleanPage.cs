using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Parley.Platform.Mail.Reading;

/// <summary>
/// A page as it may be shown: written anew from what is on the list, so that nothing else can be in it. No programs, no forms, no frames; pictures of the mail
/// itself; pictures from elsewhere only when somebody asked for them, for they tell their owner who reads and when.
/// </summary>
/// <param name="Html">What stands in the body.</param>
/// <param name="Remote">How many pictures from elsewhere were left out.</param>
public sealed record CleanPage(string Html, int Remote)
{
    private const int Deepest = 200;

    private const int LongestAttribute = 4_000;

    /// <summary>A picture that is written into the page itself.</summary>
    private const int LongestData = 512 * 1024;

    private static readonly HashSet<string> Tags =
    [
        "a", "abbr", "b", "big", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img",
        "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "wbr",
    ];

    private static readonly HashSet<string> Void = ["br", "col", "hr", "img", "wbr"];

    private static readonly HashSet<string> Attributes = ["title", "alt", "width", "height", "align", "valign", "colspan", "rowspan", "border", "cellpadding", "cellspacing", "bgcolor", "color", "face", "size", "dir", "lang", "start", "type", "nowrap"];

    private static readonly string[] DataPictures = ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,", "data:image/webp;base64,"];

    /// <param name="picture">Where a picture of the mail is to be had, by its Content-ID; null: it has none of this.</param>
    /// <param name="remote">Whether pictures from elsewhere are shown.</param>
    /// <param name="named">Whether those that are not are named all the same (<c>data-remote</c>, which no browser follows), for who may be asked for them later.</param>
    public static CleanPage Of(string page, Func<string, string?> picture, bool remote = false, bool named = false)
    {
        if (!Pages.IsSound(page))
        {
            return new($"<pre>{Escaped(Pages.Bare(page))}</pre>", 0);
        }

        var writing = new Writing(picture, remote, named);
        writing.Write(new HtmlParser().ParseDocument(page).Body);
        return new(writing.Html.ToString().Trim(), writing.Left);
    }

    private static string Escaped(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            safe.Append(letter switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", '\'' => "&#39;", '`' => "&#96;", '\0' => "", _ => null } ?? letter.ToString());
        }

        return safe.ToString();
    }

    private sealed class Writing(Func<string, string?> picture, bool remote, bool named)
    {
        private readonly Stack<(INode Node, string? End)> _open = [];

        public StringBuilder Html { get; } = new();

        public int Left { get; private set; }

        /// <summary>Without recursion: a page may be deep.</summary>
        public void Write(INode? body)
        {
            var node = body?.FirstChild;
            while (node is not null)
            {
                if (Begin(node, out var end) && node.FirstChild is { } child)
                {
                    _open.Push((node, end));
                    node = child;
                    continue;
                }

                Html.Append(end);
                while (node.NextSibling is null && _open.TryPop(out var parent))
                {
                    Html.Append(parent.End);
                    node = parent.Node;
                }

                node = node.NextSibling;
            }
        }

        /// <summary>Whether what is in it comes too, and how it ends.</summary>
        private bool Begin(INode node, out string? end)
        {
            end = null;
            if (node is IText words)
            {
                Html.Append(Escaped(words.Data));
                return false;
            }

            if (node is not IElement element || PageText.Unseen.Contains(element.NodeName.ToUpperInvariant()) || element.NamespaceUri != NamespaceNames.HtmlUri)
            {
                return false;
            }

            var name = element.LocalName.ToLowerInvariant();
            if (!Tags.Contains(name) || _open.Count > Deepest)
            {
                return true;
            }

            Html.Append('<').Append(name);
            foreach (var attribute in element.Attributes)
            {
                Attribute(name, attribute.Name.ToLowerInvariant(), attribute.Value);
            }

            Html.Append(name == "a" ? " target=\"_blank\" rel=\"noopener noreferrer nofollow\">" : ">")
                // The first line feed of it is not read (HTML, 13.2.6.4.7).
                .Append(name == "pre" ? "\n" : "");
            end = Void.Contains(name) ? null : $"</{name}>";
            return end is not null;
        }

        private void Attribute(string tag, string name, string value)
        {
            var said = (tag, name) switch
            {
                ("a", "href") => Link(value),
                ("img", "src") => Source(value),
                (_, "style") => CleanStyle.Of(value),
                _ when Attributes.Contains(name) && value.Length <= LongestAttribute => value,
                _ => null,
            };
            if (said is { Length: > 0 })
            {
                Html.Append(CultureInfo.InvariantCulture, $" {name}=\"{Escaped(said)}\"");
            }
            else if (named && (tag, name) == ("img", "src") && Remote(Bare(value)) is { } elsewhere)
            {
                Html.Append(CultureInfo.InvariantCulture, $" data-remote=\"{Escaped(elsewhere)}\"");
            }
        }

        private static string? Link(string value) => Bare(value) is var link && link.Length <= LongestAttribute && (Starts(link, "https:") || Starts(link, "http:") || Starts(link, "mailto:") || Starts(link, "tel:")) ? link : null;

        private string? Source(string value)
        {
            var source = Bare(value);
            if (Starts(source, "cid:"))
            {
                return picture(Uri.UnescapeDataString(source[4..]).Trim('<', '>'));
            }

            if (DataPictures.Any(data => Starts(source, data)))
            {
                return source.Length <= LongestData ? source : null;
            }

            if (!Starts(source, "https:") && !Starts(source, "http:") && !Starts(source, "//"))
            {
                return null;
            }

            Left += remote ? 0 : 1;
            return remote ? Remote(source) : null;
        }

        /// <summary>The address of a picture from elsewhere; null: it is none.</summary>
        private static string? Remote(string source) =>
            source.Length > LongestAttribute ? null : Starts(source, "//") ? $"https:{source}" : Starts(source, "https:") || Starts(source, "http:") ? source : null;

        /// <summary>Without what browsers leave out when they read an address.</summary>
        private static string Bare(string value) => string.Concat(value.Where(letter => !char.IsControl(letter))).Trim();

        private static bool Starts(string value, string with) => value.StartsWith(with, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>What of a style may be said: looks, but nothing that lies over something else, comes from elsewhere or moves.</summary>
internal static class CleanStyle
{
    private const int Longest = 4_000;

    private static readonly HashSet<string> Properties =
    [
        "color", "background-color", "background", "font", "font-family", "font-size", "font-style", "font-weight", "font-variant", "text-align", "text-decoration", "text-indent", "text-transform", "line-height", "letter-spacing", "word-spacing",
        "vertical-align", "white-space", "direction", "list-style-type", "width", "max-width", "min-width", "height", "max-height", "display", "border-collapse", "border-spacing", "table-layout",
    ];

    private static readonly string[] Families = ["margin", "padding", "border"];

    private static readonly string[] Displays = ["none", "block", "inline", "inline-block", "table", "table-row", "table-cell", "list-item"];

    public static string Of(string style)
    {
        if (style.Length > Longest)
        {
            return "";
        }

        var kept = from declaration in style.Split(';')
                   let colon = declaration.IndexOf(':', StringComparison.Ordinal)
                   where colon > 0
                   let name = declaration[..colon].Trim().ToLowerInvariant()
                   let value = declaration[(colon + 1)..].Trim()
                   where IsKnown(name) && IsHarmless(name, value)
                   select $"{name}: {value}";
        return string.Join("; ", kept);
    }

    private static bool IsKnown(string name) => Properties.Contains(name) || Families.Any(family => name == family || (name.StartsWith(family + "-", StringComparison.Ordinal) && name.All(c => char.IsAsciiLetter(c) || c == '-') && !name.Contains("image", StringComparison.Ordinal)));

    /// <summary>Letters of which no function, no escape and no comment can be made; colours have brackets, and nothing else has.</summary>
    private static bool IsHarmless(string name, string value) => value.Length is > 0 and < 200
        && value.All(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '.' or ',' or '%' or '#' or '-' or '\'' or '"' or '!' or '(' or ')' or '+')
        && (!value.Contains('(') || System.Text.RegularExpressions.Regex.IsMatch(value, @"^[^(]*\b(?:rgb|rgba|hsl|hsla)\([\d\s.,%]+\)[^(]*$", System.Text.RegularExpressions.RegexOptions.IgnoreCase))
        && (name != "display" || Displays.Contains(value.Replace("!important", "", StringComparison.OrdinalIgnoreCase).Trim().ToLowerInvariant()))
        && !(Families[0] == name[..Math.Min(6, name.Length)] && value.Contains('-'));
}
