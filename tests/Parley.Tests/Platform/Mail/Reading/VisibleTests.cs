using System.Text;
using Parley.Platform.Mail.Reading;
using Shouldly;
using Xunit.Abstractions;

namespace Parley.Tests.Platform.Mail.Reading;

/// <summary>What the person wrote, apart from what their program put under it.</summary>
public sealed class VisibleTests(ITestOutputHelper output)
{
    /// <summary>What of each mail is to be seen, by the numbers of its lines, as the tests of those who collected them say; of what begins with their common text it is that.</summary>
    private static readonly Dictionary<string, string> Crisp = new()
    {
        ["email_1"] = "1-7", ["email_2"] = "1,9-34", ["email_2_1"] = "1", ["email_3"] = "1-5", ["email_4"] = "1", ["email_5"] = "all", ["email_6"] = "1-3", ["email_19"] = "1-3", ["email_20"] = "1", ["email_21"] = "all",
        ["email_blackberry"] = "1", ["email_bullets"] = "1-9", ["email_custom_quote_header"] = "1", ["email_emoji"] = "all", ["email_iphone"] = "1", ["email_multi_word_sent_from_my_mobile_device"] = "1", ["email_not_a_signature"] = "all",
        ["email_not_a_signature_2"] = "all", ["email_one_is_not_on"] = "1-5", ["email_reply_header"] = "1-11", ["email_sent_from"] = "1", ["email_sent_from_my_not_signature"] = "all", ["email_thread"] = "1", ["email_unquoted_reply"] = "1",
        ["email_with_regards"] = "1-5", ["email_zoho"] = "1-2", ["correct_sig"] = "1", ["sig_no_empty_line"] = "1",
    };

    private static readonly Dictionary<string, string> Github = new()
    {
        ["email_1_1"] = "1-5", ["email_1_2"] = "1,9-34", ["email_1_3"] = "1-3", ["email_1_4"] = "1", ["email_1_5"] = "all", ["email_1_6"] = "1-3", ["email_1_7"] = "1", ["email_1_8"] = "13,19", ["email_2_1"] = "1", ["email_2_2"] = "1",
        ["email_2_3"] = "1", ["email_BlackBerry"] = "1", ["email_bullets"] = "1-9", ["email_iPhone"] = "1", ["email_long_quote"] = "1-4,6-8", ["email_multi_word_sent_from_my_mobile_device"] = "1", ["email_one_is_not_on"] = "1-5",
        ["email_sent_from_my_not_signature"] = "all", ["email_sig_delimiter_in_middle_of_line"] = "all", ["correct_sig"] = "1", ["greedy_on"] = "1-6", ["pathological"] = "1-2",
    };

    /// <summary>Where we fall short, and why.</summary>
    private static readonly Dictionary<string, string> Short = new()
    {
        ["crisp/email_1"] = "A name behind a dash is a signature to those of GitHub, and text to these.",
        ["crisp/email_3"] = "The same.",
    };

    [Theory]
    [InlineData("Yes.\n\nOn Mon, 23 Nov 2026 at 10:00, Kim <kim@lighthouse.test> wrote:\n> Does it fit?", "Yes.")]
    [InlineData("Ja.\n\nAm 23.11.2026 um 10:00 schrieb Kim:\n\nPasst es?", "Ja.")]
    [InlineData("Ja.\n\nOp ma 23 nov. 2026 om 10:00 schreef Kim <\nkim@lighthouse.test>:\n\n> Past het?", "Ja.")]
    [InlineData("Sí.\n\nEl lun, 23 nov 2026 a las 10:00, Kim (<kim@lighthouse.test>) escribió:\n\n> ¿Vale?", "Sí.")]
    [InlineData("Oui.\n\nLe lun. 23 nov. 2026 à 10:00, Kim <kim@lighthouse.test>\na écrit :\n\nÇa va ?", "Oui.")]
    [InlineData("Sì.\n\nIl giorno lun 23 nov 2026 alle ore 10:00 Kim <kim@lighthouse.test> ha scritto:\n\n> Va?", "Sì.")]
    [InlineData("Sim.\n\nEm seg., 23 de nov. de 2026 às 10:00, Kim <kim@lighthouse.test> escreveu:\n\nServe?", "Sim.")]
    [InlineData("Ja.\n\nVon: Kim <kim@lighthouse.test>\nGesendet: Montag, 23. November 2026 10:00\nAn: Ana\nBetreff: AW: Der Mast\n\nPasst es?", "Ja.")]
    [InlineData("Yes.\n\n-----Original Message-----\nDoes it fit?", "Yes.")]
    [InlineData("Yes, but\n> Does it fit?\nit does not\n> The mast?\nnor that.", "Yes, but\nit does not\nnor that.")]
    [InlineData("I sail\nFrom: Kiel\nTo: Oslo\nDate: 3 May", "I sail\nFrom: Kiel\nTo: Oslo\nDate: 3 May")]
    [InlineData("I wrote:\n\nnothing on 23.11.2026", "I wrote:\n\nnothing on 23.11.2026")]
    [InlineData("On Monday I said this:\nit is broken", "On Monday I said this:\nit is broken")]
    [InlineData("Look.\n\n---------- Forwarded message ---------\nFrom: Ben <ben@ana.test>\nDate: Mon, 23 Nov 2026\nSubject: Mast\nTo: Ana\n\nIt broke.", "Look.\n\n---------- Forwarded message ---------\nFrom: Ben <ben@ana.test>\nDate: Mon, 23 Nov 2026\nSubject: Mast\nTo: Ana\n\nIt broke.")]
    [InlineData("> only this", "> only this")]
    [InlineData("Thanks.\n\nMit freundlichen Grüßen\nAna Ben\nTel. 0431 123", "Thanks.")]
    [InlineData("Thanks.\n\nVon meinem iPhone gesendet", "Thanks.")]
    [InlineData("Thanks.\n\nAna Ben\nShips", "Thanks.")]
    public void What_is_quoted_and_signed_is_folded(string text, string visible) => Visible.Read(text, "Ana Ben").Text.ShouldBe(visible);

    [Fact]
    public void Put_together_the_pieces_are_all_of_it()
    {
        const string Text = "Yes.\n\nOn 23.11.2026 10:00 Kim wrote:\n> Fits?\n\nIt does.\n-- \nAna\n";
        var visible = Visible.Read(Text);
        string.Join('\n', visible.Pieces.Select(piece => piece.Text)).ShouldBe(Text);
        visible.Pieces.Select(piece => piece.Kind).ShouldBe([PieceKind.Said, PieceKind.Quote, PieceKind.Said, PieceKind.Signature]);
    }

    [Fact]
    public void Endless_mails_are_cut_in_little_time()
    {
        var line = $"On {string.Concat(Enumerable.Repeat("1:11 wrote ", 40))}x:\n";
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Visible.Read(string.Concat(Enumerable.Repeat(line, 4_000))).Pieces.Count.ShouldBe(1);
        Visible.Read(string.Concat(Enumerable.Repeat("Regards,\n\n", 200_000))).Pieces.ShouldNotBeEmpty();
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [SkippableFact]
    public void Replies_of_others_are_cut_where_they_were_written()
    {
        MailFixtures.Need();
        var corpora = new List<(string Name, string Expected, string Read)>();
        foreach (var (folder, wanted) in new[] { ("crisp", Crisp), ("github", Github) })
        {
            foreach (var path in MailFixtures.All.Where(path => path.StartsWith($"replies/{folder}/", StringComparison.Ordinal) && path.EndsWith(".txt", StringComparison.Ordinal)))
            {
                var (name, text) = (Path.GetFileNameWithoutExtension(path), Encoding.UTF8.GetString(MailFixtures.Open(path)));
                var which = wanted.GetValueOrDefault(name) ?? (text.StartsWith("Fusce bibendum", StringComparison.Ordinal) ? "1-5" : null);
                if (which is not null)
                {
                    corpora.Add(($"{folder}/{name}", Of(text, which), Visible.Read(text).Text));
                }
            }
        }

        corpora.AddRange(Talon());
        var wrong = corpora.Where(each => Bare(each.Expected) != Bare(each.Read)).ToList();
        foreach (var each in wrong)
        {
            output.WriteLine($"{each.Name}\n--- wanted\n{each.Expected}\n--- read\n{each.Read}\n");
        }

        foreach (var corpus in corpora.GroupBy(each => each.Name.Split('/')[0]))
        {
            var missed = wrong.Count(each => each.Name.StartsWith(corpus.Key + "/", StringComparison.Ordinal));
            output.WriteLine($"{corpus.Key}: {corpus.Count() - missed} of {corpus.Count()} ({100.0 * (corpus.Count() - missed) / corpus.Count():0.0} %)");
            (20 * missed).ShouldBeLessThanOrEqualTo(corpus.Count(), corpus.Key);
        }

        wrong.Select(each => each.Name).Order().ShouldBe(Short.Keys.Order());
    }

    private static IEnumerable<(string Name, string Expected, string Read)> Talon()
    {
        foreach (var path in MailFixtures.All.Where(path => path.StartsWith("replies/talon/standard_replies/", StringComparison.Ordinal) && path.EndsWith(".eml", StringComparison.Ordinal)))
        {
            var mail = MailReader.Read(MailFixtures.Open(path));
            yield return ($"talon/{Path.GetFileName(path)}", "Hello", Visible.Read(mail).Text);
            if (mail.Page is { } page)
            {
                // The two views of one say different things.
                yield return ($"talon/{Path.GetFileName(path)} page", path.Contains("outlook", StringComparison.Ordinal) ? "Allo! Follow up MIME!" : "Hello", Visible.Read(PageText.Read(page)).Text);
            }
        }

        foreach (var path in MailFixtures.All.Where(path => path.StartsWith("replies/talon/", StringComparison.Ordinal) && path.EndsWith(".html", StringComparison.Ordinal)))
        {
            var wanted = path.Contains("OLK", StringComparison.Ordinal) ? "Reply" : path.Contains("-hr", StringComparison.Ordinal) ? "Hi there Bob" : "Hi. I am fine. Thanks, Alex";
            yield return ($"talon/{Path.GetFileName(path)}", wanted, Visible.Read(PageText.Read(Encoding.UTF8.GetString(MailFixtures.Open(path)))).Text);
        }

        foreach (var name in new[] { "camel_case", "jeff", "long", "short_url" })
        {
            var (body, signature, sender) = (Signed(name, "body"), Signed(name, "signature").Trim(), Signed(name, "sender").Trim());
            yield return ($"talon/{name}", signature.Length == 0 ? body : body.Replace(signature, "", StringComparison.Ordinal), Visible.Read(body, sender).Text);
        }
    }

    private static string Signed(string name, string what) => Encoding.UTF8.GetString(MailFixtures.Open($"replies/talon/signature/emails/stripped/{name}_{what}"));

    private static string Of(string text, string which)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return which == "all" ? text : string.Join('\n', which.Split(',').Select(range => range.Split('-')).SelectMany(range => lines[(int.Parse(range[0]) - 1)..int.Parse(range[^1])]));
    }

    private static string Bare(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
