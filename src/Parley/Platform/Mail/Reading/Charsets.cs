using System.Text;

namespace Parley.Platform.Mail.Reading;

/// <summary>Bytes in the charsets that mails name, or should have named (WHATWG Encoding, 4.2: what calls itself Latin-1 is Windows-1252).</summary>
internal static class Charsets
{
    private static readonly Dictionary<string, string> Other = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ascii"] = "us-ascii", ["ansi_x3.4-1968"] = "us-ascii", ["646"] = "us-ascii", ["us_ascii"] = "us-ascii",
        ["iso-8859-1"] = "windows-1252", ["latin1"] = "windows-1252", ["iso8859-1"] = "windows-1252", ["iso_8859-1"] = "windows-1252", ["l1"] = "windows-1252",
        ["cp1252"] = "windows-1252", ["ansi"] = "windows-1252", ["x-ansi"] = "windows-1252", ["iso-8859-9"] = "windows-1254", ["iso-8859-11"] = "windows-874",
        ["utf8"] = "utf-8", ["utf_8"] = "utf-8", ["unicode-1-1-utf-8"] = "utf-8", ["x-utf-8"] = "utf-8",
        ["gb2312"] = "gb18030", ["gbk"] = "gb18030", ["x-gbk"] = "gb18030", ["cp936"] = "gb18030", ["hz-gb-2312"] = "hz-gb-2312", ["big5-hkscs"] = "big5",
        ["ks_c_5601-1987"] = "ks_c_5601-1987", ["ksc5601"] = "ks_c_5601-1987", ["cp949"] = "ks_c_5601-1987", ["euc-kr"] = "ks_c_5601-1987", ["uhc"] = "ks_c_5601-1987",
        ["sjis"] = "shift_jis", ["shift-jis"] = "shift_jis", ["x-sjis"] = "shift_jis", ["ms_kanji"] = "shift_jis", ["cp932"] = "shift_jis", ["windows-31j"] = "shift_jis",
        ["iso-2022-jp-1"] = "iso-2022-jp", ["iso-2022-jp-2"] = "iso-2022-jp", ["iso-2022-jp-ms"] = "iso-2022-jp", ["cp50220"] = "iso-2022-jp", ["eucjp"] = "euc-jp", ["x-euc-jp"] = "euc-jp",
        ["iso-8859-8-i"] = "iso-8859-8", ["iso-8859-8-e"] = "iso-8859-8", ["iso-8859-10"] = "windows-1257", ["iso-8859-14"] = "windows-1252", ["iso-8859-16"] = "iso-8859-2",
        ["koi8r"] = "koi8-r", ["koi8-ru"] = "koi8-u", ["cp866"] = "ibm866", ["cp1250"] = "windows-1250", ["cp1251"] = "windows-1251", ["cp1253"] = "windows-1253", ["win-1251"] = "windows-1251",
        ["tis-620"] = "windows-874", ["macroman"] = "macintosh", ["x-mac-roman"] = "macintosh",
    };

    private static readonly DecoderReplacementFallback Unknown = new("\uFFFD");

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Null for what nobody knows.</summary>
    public static Encoding? Find(string? name)
    {
        var bare = (name ?? "").Trim().Trim('"', '\'', ';', ',').Trim();
        bare = bare.StartsWith("charset=", StringComparison.OrdinalIgnoreCase) ? bare[8..] : bare;
        bare = Other.GetValueOrDefault(bare, bare);
        if (bare.Length is 0 or > 40 || bare.Contains("utf-7", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(bare, EncoderFallback.ReplacementFallback, Unknown) ?? Encoding.GetEncoding(bare, EncoderFallback.ReplacementFallback, Unknown);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What no charset is named for: UTF-8 if it can be, else Windows-1252, in which every byte is something.</summary>
    public static string Guess(ReadOnlySpan<byte> bytes) => Utf8(bytes) ?? CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);

    /// <summary>The text, and what was wrong with it, if anything.</summary>
    public static (string Text, string? Flaw) Decode(ReadOnlySpan<byte> bytes, string? name)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            return (Guess(bytes[3..]), null);
        }

        if (string.IsNullOrWhiteSpace(name))
        {
            return (Guess(bytes), null);
        }

        if (name.Contains("utf-7", StringComparison.OrdinalIgnoreCase))
        {
            return Ascii.IsValid(bytes) ? (Utf7.Decode(bytes), null) : (Guess(bytes), MailFlaws.CharsetBroken);
        }

        if (Find(name) is not { } charset)
        {
            return (Guess(bytes), MailFlaws.CharsetUnknown);
        }

        if (charset.CodePage == Encoding.ASCII.CodePage)
        {
            return (Guess(bytes), Ascii.IsValid(bytes) ? null : MailFlaws.CharsetBroken);
        }

        var text = charset.GetString(bytes);
        return text.Contains('\uFFFD') && !Said(bytes, charset) ? (text, MailFlaws.CharsetBroken) : (text.TrimStart('\uFEFF'), null);
    }

    private static string? Utf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Whether the � is the writer's own.</summary>
    private static bool Said(ReadOnlySpan<byte> bytes, Encoding charset) => charset.CodePage == Encoding.UTF8.CodePage && Utf8(bytes) is not null;
}
