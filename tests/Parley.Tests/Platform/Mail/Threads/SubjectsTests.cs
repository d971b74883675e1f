using Parley.Platform.Mail.Threads;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Threads;

public class SubjectsTests
{
    [Theory]
    [InlineData("Sail", "Re: Sail")]
    [InlineData("Re: Sail", "Re: Sail")]
    [InlineData("AW: Re: WG: Segel", "Re: Segel")]
    [InlineData("RE[2]: sail", "Re: sail")]
    [InlineData("Antw.: zeil", "Re: Antw.: zeil")]
    [InlineData("Reason: sails", "Re: Reason: sails")]
    [InlineData("", "Re: ")]
    public void One_mark_says_that_it_answers(string subject, string answer) => Subjects.Answer(subject).ShouldBe(answer);

    [Fact]
    public void What_is_passed_on_says_so_and_stays_short()
    {
        Subjects.Forward("Re: Sail").ShouldBe("Fwd: Sail");
        Subjects.Forward(new string('x', 800)).Length.ShouldBe(500);
    }
}
