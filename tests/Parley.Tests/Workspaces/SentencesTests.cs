using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Parley.Conversations;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces;

public class SentencesTests
{
    [Fact]
    public void OP8_Whatever_is_told_can_be_worded_anew_and_its_blanks_are_those_of_our_own_words()
    {
        Sentences.All.Select(one => one.Code).ShouldBe(Sayings.Codes, ignoreOrder: true);
        foreach (var (code, blanks) in Sentences.All)
        {
            foreach (var (language, voice) in Wording.Spoken.SelectMany(language => Enum.GetValues<Voice>().Select(voice => (language, voice))))
            {
                Regex.Matches(Sayings.Ours(code, language, voice), @"\{(\w+)\}").Select(match => match.Groups[1].Value).Order().ShouldBe(blanks.Order(), $"{code} {language} {voice}");
            }
        }
    }

    [Theory]
    [InlineData("promise.first", "We write {when}.", null)]
    [InlineData("promise.first", "We write soon.", "texts.en.promise.first")]
    [InlineData("promise.first", "{agent} writes {when}.", "texts.en.promise.first")]
    [InlineData("session.ended", "Over until {when}.", "texts.en.session.ended")]
    [InlineData("greeting", "Back {when}", null)]
    [InlineData("mail.subject", "Your answer", null)]
    [InlineData("mail.hello", "{brand} greets you", null)]
    [InlineData("mail.wrote", "Somebody wrote", "texts.en.mail.wrote")]
    [InlineData("mail.hello", "Hello {name}", "texts.en.mail.hello")]
    public void A_blank_is_neither_left_out_nor_made_up(string code, string text, string? field) =>
        (Wording.Typed(Wording.None.Add("en", ImmutableSortedDictionary<string, string>.Empty.Add(code, text)))?.Errors[0].Field).ShouldBe(field);
}
