using System.Text.RegularExpressions;
using Parley.Notifications;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Notifications;

public sealed class AnswerWordsTests
{
    [Fact]
    public void Every_language_has_both_voices_and_names_what_is_filled_in()
    {
        foreach (var (language, formal) in Wording.Spoken.SelectMany(language => new[] { (language, true), (language, false) }))
        {
            var words = AnswerWords.Of(language, formal);
            words.Subject.ShouldContain("{brand}");
            words.HelloName.ShouldContain("{name}");
            words.Wrote.ShouldContain("{who}");
            words.Reason.ShouldContain("{brand}");
            words.ByCode().Keys.ShouldBe(Sentences.Mailed.Select(one => one.Code), ignoreOrder: true);
            foreach (var (code, blanks) in Sentences.Mailed)
            {
                Regex.Matches(words.ByCode()[code], @"\{(\w+)\}").Select(match => match.Groups[1].Value).Where(blank => blank != "brand").ShouldBe(blanks, $"{code} {language}");
            }

            (words == AnswerWords.Of("en", true)).ShouldBe(language == "en");
        }

        AnswerWords.Of("de", true).ShouldNotBe(AnswerWords.Of("de", false));
        AnswerWords.Of("nl", true).ShouldNotBe(AnswerWords.Of("nl", false));
        AnswerWords.Of("es", true).ShouldNotBe(AnswerWords.Of("es", false));
    }
}
