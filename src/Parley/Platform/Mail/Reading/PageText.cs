using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Parley.Platform.Mail.Reading;

/// <summary>The text of a page, in lines as it is shown; what is quoted in it stands behind quotation marks, as in plain text.</summary>
internal static class PageText
{
    internal static readonly HashSet<string> Unseen = ["HEAD", "TITLE", "SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "IFRAME", "OBJECT", "EMBED", "APPLET", "AUDIO", "VIDEO", "CANVAS", "SVG", "MATH", "SELECT", "TEXTAREA", "INPUT", "FRAMESET", "NOFRAMES", "XMP"];

    private static readonly HashSet<string> Blocks = ["DIV", "P", "BLOCKQUOTE", "TABLE", "TR", "UL", "OL", "LI", "DL", "DT", "DD", "H1", "H2", "H3", "H4", "H5", "H6", "PRE", "HR", "FORM", "SECTION", "ARTICLE", "HEADER", "FOOTER", "CENTER", "ADDRESS", "FIGURE", "BODY"];

    public static string Read(string page)
    {
        if (!Pages.IsSound(page))
        {
            return Pages.Bare(page);
        }

        var text = new Lines();
        var body = new HtmlParser().ParseDocument(page).Body;
        for (INode? node = body; node is not null;)
        {
            var goesIn = Enter(node, text) && node.FirstChild is not null;
            if (goesIn)
            {
                node = node.FirstChild;
                continue;
            }

            Leave(node, text);
            while (node != body && node!.NextSibling is null && node.Parent is { } parent)
            {
                node = parent;
                Leave(node, text);
            }

            node = node == body ? null : node!.NextSibling;
        }

        return text.ToString();
    }

    /// <summary>Whether what is in it is to be read.</summary>
    private static bool Enter(INode node, Lines text)
    {
        if (node is IText words)
        {
            text.Add(words.Data, text.Pre > 0);
            return false;
        }

        if (node is not IElement element || Unseen.Contains(element.NodeName.ToUpperInvariant()))
        {
            return false;
        }

        switch (element.NodeName.ToUpperInvariant())
        {
            case "BR": text.Break(); return false;
            case "HR": text.Begin(); text.Add("---", false); text.Begin(); return false;
            case "BLOCKQUOTE": text.Begin(); text.Depth++; return true;
            case "PRE": text.Begin(); text.Pre++; return true;
            case "LI": text.Begin(); text.Add("- ", true); return true;
            case "TD" or "TH": text.Add(" ", false); return true;
            case var name when Blocks.Contains(name): text.Begin(); return true;
            default: return true;
        }
    }

    private static void Leave(INode node, Lines text)
    {
        if (node is not IElement element)
        {
            return;
        }

        switch (element.NodeName.ToUpperInvariant())
        {
            case "BLOCKQUOTE": text.Begin(); text.Depth--; break;
            case "PRE": text.Begin(); text.Pre--; break;
            case "P" or "H1" or "H2" or "H3": text.Begin(); text.Space(); break;
            case var name when Blocks.Contains(name): text.Begin(); break;
        }
    }

    private sealed class Lines
    {
        private readonly StringBuilder _text = new();
        private readonly StringBuilder _line = new();
        private bool _space;

        /// <summary>In how many quotes this is.</summary>
        public int Depth { get; set; }

        /// <summary>In how many texts that keep their spaces.</summary>
        public int Pre { get; set; }

        public void Add(string words, bool isAsItIs)
        {
            foreach (var letter in words)
            {
                if (letter == '\n' && isAsItIs)
                {
                    Break();
                }
                else if (!isAsItIs && letter is ' ' or '\n' or '\r' or '\t' or '\u00A0' or '\u200B' or '\f')
                {
                    _space |= _line.Length > 0;
                }
                else
                {
                    _line.Append(_space ? " " : "").Append(letter);
                    _space = false;
                }
            }
        }

        /// <summary>A line of its own begins.</summary>
        public void Begin()
        {
            if (_line.Length > 0)
            {
                Break();
            }
        }

        public void Break()
        {
            _text.Append('>', Math.Min(Depth, 20)).Append(Depth > 0 ? " " : "").Append(_line).Append('\n');
            _line.Clear();
            _space = false;
        }

        /// <summary>An empty line, if none stands here already.</summary>
        public void Space()
        {
            if (_text.Length > 1 && !(_text[^1] == '\n' && _text[^2] == '\n') && Depth == 0)
            {
                _text.Append('\n');
            }
        }

        public override string ToString()
        {
            Begin();
            return _text.ToString().Trim('\n');
        }
    }
}
