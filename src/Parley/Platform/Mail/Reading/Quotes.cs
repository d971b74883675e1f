using System.Text.RegularExpressions;

namespace Parley.Platform.Mail.Reading;

/// <summary>How mail programs begin what they quote: "On … wrote:", a block of From, Sent, To and Subject, or a line that says so; in the languages they are met in.</summary>
internal static partial class Quotes
{
    private const int MostLines = 4;

    private const int MostLetters = 500;

    private const int MostFields = 8;

    private static readonly HashSet<string> Senders =
    [
        "from", "von", "de", "van", "da", "fra", "från", "od", "от", "от кого", "lähettäjä", "kimden", "feladó", "gönderen", "差出人", "发件人", "寄件者", "보낸사람", "expéditeur", "message du", "reply-to", "mittente", "remitente", "absender",
    ];

    private static readonly HashSet<string> Fields =
    [
        .. Senders, "sent", "date", "to", "subject", "cc", "gesendet", "datum", "an", "betreff", "verzonden", "aan", "onderwerp", "envoyé", "envoyé le", "à", "a", "objet", "sujet", "copie à", "inviato", "data", "oggetto",
        "enviado", "enviada em", "enviado el", "enviado em", "fecha", "para", "asunto", "assunto", "til", "emne", "dato", "sendt", "skickat", "till", "ämne", "do", "temat", "wysłano", "дата", "кому", "тема", "отправлено", "lähetetty",
        "vastaanottaja", "aihe", "päivä", "日期", "收件人", "主题", "日時", "宛先", "件名", "importance", "wichtigkeit",
    ];

    /// <summary>What of a block says that it is a mail's, and not somebody's journey from here to there.</summary>
    private static readonly HashSet<string> Subjects = ["subject", "betreff", "onderwerp", "objet", "sujet", "oggetto", "asunto", "assunto", "emne", "ämne", "temat", "тема", "aihe", "主题", "件名", "sent", "gesendet", "verzonden", "envoyé", "envoyé le", "inviato", "enviado", "enviado el", "enviado em", "enviada em", "отправлено", "skickat", "sendt", "wysłano", "lähetetty"];

    /// <summary>How many lines from here on say that a quote follows; 0: none does.</summary>
    public static int At(IReadOnlyList<string> lines, int at)
    {
        if (Original().IsMatch(Short(lines[at])))
        {
            return 1;
        }

        var block = Block(lines, at);
        return block > 0 ? block : Attribution(lines, at);
    }

    public static bool IsForward(string line) => Forward().IsMatch(Short(line));

    private static string Short(string line) => line.Length > MostLetters ? "" : line;

    /// <summary>"On … wrote:", over some lines. A line further down that says it alone is none of this one's.</summary>
    private static int Attribution(IReadOnlyList<string> lines, int at)
    {
        var joined = "";
        for (var i = at; i < Math.Min(at + MostLines, lines.Count) && lines[i].Trim().Length > 0 && (!lines[i].StartsWith('>') || lines[i].Trim() == ">:") && joined.Length < MostLetters; i++)
        {
            joined = $"{joined} {Short(lines[i]).Trim()}".Trim();
            if (Ends().IsMatch(joined) && joined.Length < MostLetters)
            {
                return (IsSomebodys(joined) && (IsOpened(joined) || ((Verb().IsMatch(joined) || IsAddressed(joined)) && Attribution(lines, i, at) == 0))) || IsAbove(lines, i, joined) ? i - at + 1 : 0;
            }
        }

        return 0;
    }

    /// <summary>With a time and an address; what begins as programs begin it needs only one of them ("On page 3 you wrote:" is a person's).</summary>
    private static bool IsSomebodys(string line) => IsOpened(line) ? line.Contains('@') || Dated().IsMatch(line) : (line.Contains('@') || char.IsAsciiDigit(line[0])) && Dated().IsMatch(line);

    /// <summary>"On Monday, Ana wrote:" says no date; above what is marked as a quote it is its head all the same.</summary>
    private static bool IsAbove(IReadOnlyList<string> lines, int at, string line) =>
        Opening().IsMatch(line) && Closing().IsMatch(line) && lines.Skip(at + 1).FirstOrDefault(next => next.Trim().Length > 0) is { } next && next.TrimStart().StartsWith('>');

    private static bool IsOpened(string line) => Opening().IsMatch(line) && line.Any(char.IsAsciiDigit) && Closing().IsMatch(line);

    private static bool IsAddressed(string line) => Timed().IsMatch(line) && Addressed().IsMatch(line);

    /// <summary>Whether a line after the first says it without the first: then the first is the writer's own.</summary>
    private static int Attribution(IReadOnlyList<string> lines, int to, int from)
    {
        for (var i = from + 1; i <= to; i++)
        {
            if (Attribution(lines, i) > 0)
            {
                return 1;
            }
        }

        return 0;
    }

    private static int Block(IReadOnlyList<string> lines, int at)
    {
        if (!Fields.Contains(Label(lines[at])))
        {
            return 0;
        }

        var (found, last, isMail, hasSender) = (new HashSet<string>(), at, false, false);
        for (var i = at; i < Math.Min(at + MostFields, lines.Count) && lines[i].Trim().Length > 0; i++)
        {
            var label = Label(lines[i]);
            if (Fields.Contains(label))
            {
                found.Add(label);
                last = i;
                hasSender |= Senders.Contains(label);
                isMail |= Subjects.Contains(label);
            }

            isMail |= lines[i].Contains('@');
        }

        return found.Count >= 3 && hasSender && isMail ? last - at + 1 : 0;
    }

    private static string Label(string line) => Labelled().Match(Short(line)) is { Success: true } match ? match.Groups[1].Value.Trim().ToLowerInvariant() : "";

    [GeneratedRegex(@"^[\s*_>]{0,8}(\p{L}[\p{L} -]{0,20})[\s*\u00A0]{0,4}[:：]")]
    private static partial Regex Labelled();

    [GeneratedRegex(@"^\s*[-_=]{2,}\s*(?:original (?:message|appointment)|ursprüngliche nachricht|originalnachricht|oorspronkelijk bericht|message d['’]origine|message original|mensaje original|messaggio originale|oprindelig (?:besked|meddelelse)|opprinnelig melding|ursprungligt meddelande|mensagem original|wiadomość oryginalna|исходное сообщение|alkuperäinen viesti|reply message|原始邮件|元のメッセージ)\s*[-_=]{2,}\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Original();

    [GeneratedRegex(@"^\s*(?:[-_=]{2,}\s*(?:forwarded message|weitergeleitete nachricht|doorgestuurd bericht|message transféré|mensaje reenviado|messaggio inoltrato|videresendt|vidarebefordrat|пересылаемое сообщение)|begin forwarded message|anfang der weitergeleiteten nachricht|début du message)", RegexOptions.IgnoreCase)]
    private static partial Regex Forward();

    private const string Verbs = @"wrote|schrieb|schreef|a écrit|escribió|ha scritto|escreveu|skrev|napisała?(?:\(a\))?|kirjoitti|написала?|пишет|написав|yazdı|írta|写道|写了|書きました|작성";

    [GeneratedRegex($@"(?:[:：]|(?:{Verbs})\s*-*)$")]
    private static partial Regex Ends();

    [GeneratedRegex(@"^-*\s*(?:On|Op|Am|Le|El|Il|Em|In data|Den|Dnia|W dniu)\s", RegexOptions.IgnoreCase)]
    private static partial Regex Opening();

    [GeneratedRegex($@"(?:{Verbs})(?:\s*:?\s*-*|\s.*:)$", RegexOptions.IgnoreCase)]
    private static partial Regex Closing();

    [GeneratedRegex(@"\b(?:19|20)\d\d\b|\d{1,2}[:.]\d{2}\b")]
    private static partial Regex Dated();

    [GeneratedRegex($@"(?:{Verbs})")]
    private static partial Regex Verb();

    [GeneratedRegex(@"\d{1,2}[:.]\d{2}")]
    private static partial Regex Timed();

    [GeneratedRegex(@"<[^<>]+@[^<>]+>\s*:$")]
    private static partial Regex Addressed();
}
