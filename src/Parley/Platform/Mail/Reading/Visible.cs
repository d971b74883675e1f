using System.Text.RegularExpressions;

namespace Parley.Platform.Mail.Reading;

/// <summary>What a piece of a mail's text is: written now, quoted, or what stands under everything that somebody sends.</summary>
public enum PieceKind { Said, Quote, Signature }

/// <summary>Some lines of a mail.</summary>
public sealed record Piece(PieceKind Kind, string Text);

/// <summary>The text of a mail in pieces, in order; put together again they are all of it.</summary>
public sealed partial record Visible(IReadOnlyList<Piece> Pieces)
{
    /// <summary>A line of a quote so long may have been broken, and what follows it without a mark is its rest.</summary>
    private const int LongLine = 60;

    /// <summary>Lines that are looked at; what follows them is the writer's.</summary>
    private const int MostLines = 20_000;

    private const int ShortLine = 60;

    private const int MostOfSignature = 12;

    /// <summary>What the person wrote, without what is folded.</summary>
    public string Text => string.Join("\n", Pieces.Where(piece => piece.Kind == PieceKind.Said).Select(piece => piece.Text.Trim('\n', ' '))).Trim();

    /// <param name="sender">As whom the mail comes: their name at the end begins their signature.</param>
    public static Visible Read(string text, string? sender = null)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var kinds = new PieceKind[lines.Length];
        Quote(lines, kinds);
        Sign(lines, kinds, sender);
        // A mail that says nothing of its own is shown whole: a forwarded one, or a name alone.
        if (!lines.Where((line, i) => kinds[i] == PieceKind.Said && line.Trim().Length > 0).Any())
        {
            Array.Clear(kinds);
        }

        var pieces = new List<Piece>();
        for (int from = 0, i = 1; i <= lines.Length; i++)
        {
            if (i == lines.Length || kinds[i] != kinds[from])
            {
                pieces.Add(new(kinds[from], string.Join('\n', lines[from..i])));
                from = i;
            }
        }

        return new(pieces);
    }

    /// <summary>The text of a mail: its own, or that of its page.</summary>
    public static Visible Read(ReadMail mail) => Read(mail.Text ?? (mail.Page is { } page ? PageText.Read(page) : ""), mail.From.FirstOrDefault()?.Name);

    private static void Quote(string[] lines, PieceKind[] kinds)
    {
        for (var i = 0; i < Math.Min(MostLines, lines.Length); i++)
        {
            if (IsMarked(lines[i]))
            {
                kinds[i] = PieceKind.Quote;
                continue;
            }

            var head = lines[i].Trim().Length == 0 || IsForwarded(lines, i) ? 0 : Quotes.At(lines, i);
            if (head == 0)
            {
                continue;
            }

            Rule(lines, kinds, i);
            var isMarked = lines.Skip(i + head).FirstOrDefault(line => line.Trim().Length > 0) is { } next && IsMarked(next);
            kinds.AsSpan(i, isMarked ? head : lines.Length - i).Fill(PieceKind.Quote);
            i += isMarked ? head - 1 : lines.Length;
        }

        Join(lines, kinds);
    }

    private static bool IsMarked(string line) => line.AsSpan().TrimStart().StartsWith('>');

    /// <summary>What somebody forwards they want to be read.</summary>
    private static bool IsForwarded(string[] lines, int at)
    {
        for (var i = at - 1; i >= 0; i--)
        {
            if (lines[i].Trim().Length > 0)
            {
                return Quotes.IsForward(lines[i]);
            }
        }

        return false;
    }

    /// <summary>A rule above the head of a quote is its own.</summary>
    private static void Rule(string[] lines, PieceKind[] kinds, int head)
    {
        var i = head - 1;
        while (i >= 0 && lines[i].Trim().Length == 0)
        {
            i--;
        }

        if (i >= 0 && RuleLine().IsMatch(lines[i]))
        {
            kinds.AsSpan(i, head - i).Fill(PieceKind.Quote);
        }
    }

    /// <summary>Lines that a program broke within a quote belong to it, and so do empty ones.</summary>
    private static void Join(string[] lines, PieceKind[] kinds)
    {
        for (var i = 1; i < lines.Length; i++)
        {
            if (kinds[i] != PieceKind.Said || kinds[i - 1] != PieceKind.Quote)
            {
                continue;
            }

            var end = i;
            while (end < lines.Length && kinds[end] == PieceKind.Said && (lines[end].Trim().Length == 0 || (end == i && IsRest(lines[i - 1], lines[i]))))
            {
                end++;
            }

            if (end > i && end < lines.Length && kinds[end] == PieceKind.Quote)
            {
                kinds.AsSpan(i, end - i).Fill(PieceKind.Quote);
            }
        }
    }

    private static bool IsRest(string quoted, string line) => IsMarked(quoted) && quoted.Length >= LongLine && line.Length < LongLine && line.Length > 0 && char.IsLower(line[0]);

    private static void Sign(string[] lines, PieceKind[] kinds, string? sender)
    {
        for (var i = 0; i < Math.Min(MostLines, lines.Length); i++)
        {
            if (kinds[i] != PieceKind.Said || !(Begins(lines[i]) || Closes(lines, kinds, i) || Names(lines, kinds, i, sender)))
            {
                continue;
            }

            for (; i < lines.Length && kinds[i] == PieceKind.Said; i++)
            {
                kinds[i] = PieceKind.Signature;
            }
        }
    }

    private static bool Begins(string line) => line.Length < 200 && (Delimiter().IsMatch(line) || Device().IsMatch(line));

    /// <summary>"Regards,", a name with a dash before it, or a rule, and only a few short lines after it.</summary>
    private static bool Closes(string[] lines, PieceKind[] kinds, int at) =>
        lines[at].Length < ShortLine && (Regards().IsMatch(lines[at]) || Dashed().IsMatch(lines[at]) || RuleLine().IsMatch(lines[at])) && IsTail(lines, kinds, at) && at > 0;

    private static bool Names(string[] lines, PieceKind[] kinds, int at, string? sender)
    {
        if (sender is not { Length: > 2 } || at == 0 || lines[at].Length > ShortLine)
        {
            return false;
        }

        var named = lines[at].Trim();
        var isThanks = Thanks().IsMatch(named) && at + 1 < lines.Length && lines[at + 1].Trim().Equals(sender, StringComparison.OrdinalIgnoreCase);
        return (isThanks || (named.Equals(sender, StringComparison.OrdinalIgnoreCase) && lines[at - 1].Trim().Length == 0)) && IsTail(lines, kinds, at);
    }

    private static bool IsTail(string[] lines, PieceKind[] kinds, int at)
    {
        var count = 0;
        for (var i = at; i < lines.Length && kinds[i] == PieceKind.Said && count <= MostOfSignature && !(i > at && Begins(lines[i])); i++)
        {
            if (lines[i].Trim().Length > ShortLine)
            {
                return false;
            }

            count += lines[i].Trim().Length > 0 ? 1 : 0;
        }

        return count <= MostOfSignature;
    }

    [GeneratedRegex(@"^\s*(?:[-_=*]{3,}|-{2,}\s?)\s*$")]
    private static partial Regex RuleLine();

    [GeneratedRegex(@"^(?:--\s*|_{2,}\s*)$")]
    private static partial Regex Delimiter();

    [GeneratedRegex(@"^(?:Sent from my(?: [^\s,.;:!?]+){1,6}|Sent (?:from|with|via) (?:TypeApp|Outlook|Yahoo|Mail|Proton|Sparrow|Spark|BlueMail|Gmail|AOL|Windows|Samsung|Android|the all)[^,;!?<]*(?:<[^>]*>)?|Get Outlook for .*|Envoyé (?:de(?:puis)?|à partir de) (?:mon|ma|Outlook|Yahoo|Courrier).*|Von meinem .{2,40} gesendet|Gesendet (?:von|mit) .{2,60}|Diese Nachricht wurde von meinem .{2,60} gesendet.*|Verstuurd vanaf mijn .*|Verzonden (?:vanaf|met|via) .{2,60}|Enviado (?:desde|do|de|via) .{2,60}|Inviato da(?:l mio)? .{2,60}|Skickat från min .*|Sendt fra min .*|Lähetetty .{2,60}|Отправлено (?:с|из) .{2,60}|Wysłane z .{2,60})\.?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Device();

    [GeneratedRegex(@"^\s*(?:(?:best|kind|kindest|warm|warmest|with best|many) regards|regards|mit (?:freundlichen|besten|lieben|herzlichen) grü(?:ß|ss)en|(?:viele|liebe|beste|freundliche|schöne) grü(?:ß|ss)e|met vriendelijke groet(?:en)?|vriendelijke groet(?:en)?|cordialement|bien cordialement|un cordial saludo|saludos(?: cordiales)?|atentamente|cordiali saluti|distinti saluti|com os melhores cumprimentos|med venlig hilsen|med vänlig hälsning(?:ar)?|с уважением|pozdrawiam)\s*[,.!]?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Regards();

    [GeneratedRegex(@"^[-–]\p{L}[\p{L}.]*(?: \p{L}[\p{L}.]*){0,2}\s*$")]
    private static partial Regex Dashed();

    [GeneratedRegex(@"^(?:many )?(?:thanks|thank you|best|cheers|danke|gracias|bedankt|merci)[,.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Thanks();
}
