using Parley.Server.Demo;
using Shouldly;

namespace Parley.Tests.Server.Demo;

public class WitsTests
{
    private static readonly Part Mila = new("Mila", "en", "/skerry", TimeSpan.Zero, ["Is it warm?", "Good. Do you have it in navy?", "Perfect, thank you!"])
    {
        Knows = [(["size", "tall"], "I am an M."), (["colour"], "Navy.")],
    };

    [Fact]
    public void A_question_is_answered_with_what_they_know_and_what_they_wanted_to_say_waits()
    {
        var wits = new Wits(Mila);
        wits.Answer("Which SIZE are you?").ShouldBe("I am an M.");
        wits.Answer("And which colour do you like?").ShouldBe("Navy.");
        wits.Answer("It is, down to zero.").ShouldBe("Good. Do you have it in navy?");
        wits.Content.ShouldBeFalse();
        wits.Answer("We do.").ShouldBe("Perfect, thank you!");
        wits.Content.ShouldBeTrue();
        wits.Answer("Enjoy it.").ShouldBeNull();
    }

    [Fact]
    public void Nobody_says_the_same_twice_and_who_is_asked_to_wait_waits()
    {
        var wits = new Wits(Mila);
        wits.Answer("One moment, let me check.").ShouldBe("No hurry, I am here.");
        wits.Answer("Another moment please").ShouldBeNull();
        wits.Answer("Who is your insurer?").ShouldBe("Hm, I could not say. What would you do?");
        wits.Answer("And who is your dentist?").ShouldBe("Good. Do you have it in navy?");
    }

    [Theory]
    [InlineData("You are welcome, have a nice day!")]
    [InlineData("Gern geschehen!")]
    public void Goodbye_is_answered_with_thanks(string bye)
    {
        var wits = new Wits(Mila);
        wits.Answer(bye).ShouldBe("Perfect, thank you!");
        wits.Answer(bye).ShouldBeNull();
    }

    [Fact]
    public void Who_was_closed_before_all_was_said_is_done_and_less_content()
    {
        var wits = new Wits(Mila);
        wits.Closed();
        (wits.Content, wits.Score).ShouldBe((true, 3));
        var other = new Wits(Mila);
        other.Answer("Have a nice day!");
        other.Closed();
        other.Score.ShouldBe(5);
    }

    [Fact]
    public void They_choose_what_they_would_have_said() => new Wits(Mila).Choose(["Red", "Navy", "Yellow"]).ShouldBe(1);

    [Fact]
    public void Every_guest_of_the_demo_answers_what_is_asked_and_thanks_at_the_end()
    {
        foreach (var part in Guests.Parts)
        {
            var wits = new Wits(part);
            foreach (var (asked, answer) in part.Knows)
            {
                wits.Answer($"{asked[0]}?").ShouldBe(answer, part.Name);
            }

            string? last = null;
            for (var i = 1; i < part.Lines.Length; i++)
            {
                last = wits.Answer("That can be done.");
            }

            last.ShouldBe(part.Lines[^1], part.Name);
            wits.Content.ShouldBeTrue();
        }
    }
}
