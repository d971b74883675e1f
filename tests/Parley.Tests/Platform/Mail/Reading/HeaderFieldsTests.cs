using System.Text;
using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

public sealed class HeaderFieldsTests
{
    [Fact]
    public void Lines_are_put_together_and_names_are_the_same_in_any_letters()
    {
        var headers = Read("From ana@ben.test Mon Aug 22 09:45:15 2011\nSUBJECT : The\n \n\trig\r\n is down\nX-Empty:\nFrom: a@b.test\nFrom: c@d.test\n\nbody");
        headers.Text("subject").ShouldBe("The  rig is down");
        headers["x-empty"].ShouldBe("");
        headers.People("from").Select(one => one.Address).ShouldBe(["a@b.test", "c@d.test"]);
        headers["none"].ShouldBeNull();
    }

    [Fact]
    public void Letters_of_any_script_stand_in_it_as_they_are()
    {
        Read("Subject: Grüße aus Łódź\n\n").Text("Subject").ShouldBe("Grüße aus Łódź");
        MailReader.Read(Encoding.Latin1.GetBytes("Subject: Grüße\n\n")).Subject.ShouldBe("Grüße");
    }

    [Fact]
    public void A_line_that_is_none_is_passed_over()
    {
        var mail = MailReader.Read("To: Ana\n__\n   <ana@ben.test>\nSubject: Hello\n\nbody"u8.ToArray());
        (mail.Subject, mail.Text).ShouldBe(("Hello", "body"));
        mail.Flaws.ShouldBe([MailFlaws.HeaderGarbage]);
    }

    private static HeaderFields Read(string mail) => MailReader.Read(Encoding.UTF8.GetBytes(mail)).Headers;
}
